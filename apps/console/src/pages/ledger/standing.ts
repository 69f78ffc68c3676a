import { type LightBlock, addressOf, voteFlag } from '@dujiang/chain'
import { type Hash, toHex } from '@dujiang/core/crypto'

export type Vote = 'commit' | 'nil' | 'absent'

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
    if (block === undefined) return common
    const { height, appHash } = block.header
    return { ...common, signed: { height, appHash: toHex(appHash) }, behind: newest.header.height - height }
  })
  return standings.sort((a, b) => b.power - a.power || (a.key < b.key ? -1 : 1))
}

function voteOf({ validators, commit }: LightBlock, address: string, key: string): Vote | undefined {
  if (!validators.some(({ publicKey }) => toHex(publicKey) === key)) return undefined
  const entry = commit.signatures.find(({ validatorAddress }) => toHex(validatorAddress) === address)
  if (entry?.flag === voteFlag.commit) return 'commit'
  return entry?.flag === voteFlag.nil ? 'nil' : 'absent'
}
