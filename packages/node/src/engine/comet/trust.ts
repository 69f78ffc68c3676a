import { type Head, type Ledger, type LightBlock, genesisValidators, trustPath, validatorsHash } from '@dujiang/chain'
import { equalBytes } from '@dujiang/core/crypto'
import type { Archive } from './archive.ts'
import type { Seats } from './seats.ts'

/** The way from the genesis file to those who sign now, for proof files. Rule CMT-15. */
export class Trust {
  readonly #ledger: Ledger
  readonly #archive: Archive
  readonly #seats: Seats
  readonly #foundersHash: Uint8Array
  #way: readonly LightBlock[] = []

  constructor(ledger: Ledger, archive: Archive, seats: Seats) {
    this.#ledger = ledger
    this.#archive = archive
    this.#seats = seats
    this.#foundersHash = validatorsHash(ledger.crypto.sha256, genesisValidators(ledger.founded))
  }

  /** The way to the signers of this head; empty while they are those of the genesis file, and where none is known. */
  async to({ header, commit }: Pick<Head, 'header' | 'commit'>): Promise<readonly LightBlock[]> {
    if (equalBytes(header.validatorsHash, this.#foundersHash)) return []
    const last = this.#way.at(-1)
    if (last !== undefined && equalBytes(last.header.validatorsHash, header.validatorsHash)) return this.#way
    const { crypto, founded } = this.#ledger
    const validators = this.#seats.at(header.height)
    const newest: readonly LightBlock[] = validators === undefined ? [] : [{ header, commit, validators }]
    this.#way = trustPath(crypto, founded, [...(await this.#kept()), ...newest], header) ?? []
    return this.#way
  }

  /** Of each change, the block that names the new set and the first that it signs. */
  async #kept(): Promise<readonly LightBlock[]> {
    const kept: LightBlock[] = []
    for (const height of this.#seats.changes.flatMap((first) => [first - 1, first])) {
      const seal = await this.#archive.get(height)
      const validators = this.#seats.at(height)
      if (seal !== undefined && validators !== undefined)
        kept.push({ header: seal.header, commit: seal.commit, validators })
    }
    return kept
  }
}
