import { type LightBlock, addressOf, voteFlag } from '@dujiang/chain'
import { type Hash, toHex } from '@dujiang/core/crypto'

export type Vote = 'commit' | 'nil' | 'absent'

/** Two thirds make a header: one signature may come too late for it, but not for so many one after another. */
const SILENT_FROM = 3

/** What the newest headers show of one validator, by signatures alone. */
export interface Standing {
  readonly key: string
  readonly power: number
  /** In the order of the headers given, the newest first; undefined where it was no validator. */
  readonly votes: readonly (Vote | undefined)[]
  /** The newest header it has signed: it has executed all before, and came to this app hash. */
  readonly signed?: { readonly height: number; readonly appHash: string }
  /** Heights from there to the newest header. */
  readonly behind?: number
  readonly state: 'signing' | 'late' | 'silent'
  readonly proposed: number
}

/** Each validator of the newest header, by power. `headers`: the newest first. */
export function standingsOf(sha256: Hash, headers: readonly LightBlock[]): readonly Standing[] {
  const [newest] = headers
  if (newest === undefined) return []
  const standings = newest.validators.map(({ publicKey, power }): Standing => {
    const address = toHex(addressOf(sha256, publicKey))
    const votes = headers.map((block) => voteOf(block, address, toHex(publicKey)))
    const block = headers[votes.indexOf('commit')]
    const proposed = headers.filter(({ header }) => toHex(header.proposerAddress) === address).length
    const common = { key: toHex(publicKey), power, votes, proposed }
    if (block === undefined) return { ...common, state: 'silent' }
    const { height, appHash } = block.header
    // By headers, not heights: of a quiet ledger not every header is kept.
    const missed = votes.indexOf('commit')
    const state = missed === 0 ? 'signing' : missed < SILENT_FROM ? 'late' : 'silent'
    const behind = newest.header.height - height
    return { ...common, state, signed: { height, appHash: toHex(appHash) }, behind }
  })
  return standings.sort((a, b) => b.power - a.power || (a.key < b.key ? -1 : 1))
}

function voteOf({ validators, commit }: LightBlock, address: string, key: string): Vote | undefined {
  if (!validators.some(({ publicKey }) => toHex(publicKey) === key)) return undefined
  const entry = commit.signatures.find(({ validatorAddress }) => toHex(validatorAddress) === address)
  if (entry?.flag === voteFlag.commit) return 'commit'
  return entry?.flag === voteFlag.nil ? 'nil' : 'absent'
}
