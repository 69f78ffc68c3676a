import { type Decided, Ledger, NO_COMMIT, isInadmissible, signBody } from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'
import { type Signer, keyId, toHex } from '@dujiang/core/crypto'
import { nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import { dujiangMarket } from '@dujiang/market'
import { type Answer, type Desk, type Errand, type Signatory, genesisOf } from '@dujiang/testing/province'

const START_MS = 1_795_000_000_000

const signers = new Map<string, Signer>()

export function signerOf({ org, person }: Signatory): Signer {
  const name = `${org}/${person}`
  let signer = signers.get(name)
  if (signer === undefined) {
    const secret = nodeCrypto.sha256(new TextEncoder().encode(`province ${name}`))
    signer = signerFromSecret('ed25519', secret)
    signers.set(name, signer)
  }
  return signer
}

/** The province on a ledger in memory, whose time goes on only as the desk waits and sends. */
export class MemoryDesk implements Desk {
  readonly ledger: Ledger
  readonly answers: Answer[] = []
  #sequence = 0
  #nowMs = START_MS

  constructor() {
    const genesis = genesisOf(START_MS, signerOf({ org: 'SCPX', person: 'node' }).publicKey, signerOf)
    this.ledger = new Ledger(dujiangMarket(), nodeCrypto, genesis)
  }

  get appHash(): string {
    return toHex(this.ledger.tip.appHash)
  }

  nowMs(): number {
    return this.#nowMs
  }

  async waitUntil(timeMs: number): Promise<void> {
    this.#nowMs = Math.max(this.#nowMs, timeMs)
    this.#block([])
  }

  async send(errands: readonly Errand[]): Promise<readonly Answer[]> {
    const txs = errands.map((errand) => this.#sign(errand))
    this.#nowMs += 10
    const { executed } = this.#block(txs)
    const answers = txs.map((bytes, at): Answer => {
      const understood = this.ledger.understand(bytes)
      const id = isInadmissible(understood) ? undefined : understood.envelope.id
      const receipt = executed.recorded.find((each) => each.receipt.id === id)?.receipt
      if (receipt === undefined) throw new Error(`${errands[at]?.act} left no receipt: ${executed.results[at]?.code}`)
      const { index, height, refusal } = receipt
      return { id: receipt.id, index, height, ...(refusal === undefined ? {} : { refusal }) }
    })
    this.answers.push(...answers)
    return answers
  }

  async row(key: string): Promise<Json | undefined> {
    return this.ledger.view().get(key)
  }

  async rowWhen(key: string, wished: (row: Json | undefined) => boolean): Promise<Json> {
    const row = await this.row(key)
    if (row === undefined || !wished(row)) throw new Error(`${key} is not as wished`)
    return row
  }

  #sign({ by, act, payload }: Errand): Uint8Array {
    const signer = signerOf(by)
    this.#sequence++
    return signBody(signer, {
      act,
      chain: this.ledger.chain.id,
      domain: 'public',
      expires: this.#nowMs + 600_000,
      key: keyId(nodeCrypto.sha256, signer.scheme, signer.publicKey),
      org: by.org,
      payload,
      ref: String(this.#sequence),
      sequence: this.#sequence,
      v: 1,
    })
  }

  #block(txs: readonly Uint8Array[]): Decided {
    const decided = this.ledger.decide(txs, this.#nowMs, new Uint8Array(20))
    this.ledger.commit(decided, NO_COMMIT)
    return decided
  }
}
