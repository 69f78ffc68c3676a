import { type CryptoProvider, equalBytes, toHex } from '@dujiang/core/crypto'
import { s } from '@dujiang/core/codec'
import {
  type Anchor,
  type Header,
  type LightBlock,
  compareTimes,
  linkBlockFault,
  linkFault,
  validatorsHash,
  verifyLink,
} from '../comet/index.ts'
import { type Founded, engineChainId } from '../genesis.ts'
import { genesisValidators } from './tip.ts'

/** The longest way from the genesis validators to the signers of a proof. */
export const TRUST_PATH_MAX = 64

/**
 * The shortest way over blocks a node has kept, with their validators, from the validators of the genesis file to those that signed
 * `header`: empty when these are the same, undefined when there is none. The blocks are believed already: a node's own. Enough to
 * keep is, for each change of the validators, the header before it takes effect, which names the new ones, and the one they sign first.
 * @example const trust = trustPath(nodeCrypto, ledger.founded, keptLightBlocks, proof.header)
 */
export function trustPath(
  crypto: CryptoProvider,
  founded: Founded,
  available: readonly LightBlock[],
  header: Header,
): readonly LightBlock[] | undefined {
  const founders: Anchor = { validators: genesisValidators(founded) }
  if (equalBytes(validatorsHash(crypto.sha256, founders.validators), header.validatorsHash)) return []
  const chainId = engineChainId(founded)
  const usable = available.filter((block) => {
    return block.header.height <= header.height && linkBlockFault(crypto, chainId, block) === undefined
  })
  // Breadth first: what is reached in a round cannot be reached over fewer blocks.
  let reached: readonly (readonly LightBlock[])[] = [[]]
  const left = new Set(usable)
  for (let length = 1; length <= TRUST_PATH_MAX && reached.length > 0; length++) {
    const next: (readonly LightBlock[])[] = []
    for (const path of reached) {
      for (const block of left) {
        if (linkFault(crypto, path.at(-1) ?? founders, block) !== undefined) continue
        const longer = [...path, block]
        if (equalBytes(block.header.validatorsHash, header.validatorsHash)) return longer
        left.delete(block)
        next.push(longer)
      }
    }
    reached = next
  }
  return undefined
}

/** The validators that a header's signatures must be of, by a way from the genesis file that holds; a string says why it does not. */
export function believedAnchor(
  crypto: CryptoProvider,
  founded: Founded,
  path: readonly LightBlock[],
  header: Header,
): Anchor | string {
  let anchor: Anchor = { validators: genesisValidators(founded) }
  for (const [place, block] of path.entries()) {
    const fault = verifyLink(crypto, header.chainId, anchor, block)
    if (fault !== undefined) return `/trust/${place} ${fault.reason}`
    anchor = block
  }
  const last = anchor.header
  if (last !== undefined && (last.height > header.height || compareTimes(last.time, header.time) > 0)) {
    return 'the way leads past the header'
  }
  return anchor
}

/** A key that a way rests on and the genesis file does not name: whose it is, the file does not say. */
export function keysOnTheWay(founded: Founded, path: readonly LightBlock[]) {
  const known = new Set(founded.genesis.validators.map(({ key }) => key))
  return path.flatMap(({ header, validators }) =>
    validators.flatMap(({ publicKey, power }) => {
      const key = toHex(publicKey)
      if (known.has(key)) return []
      known.add(key)
      return [{ name: `height ${header.height}`, org: '', key, power }]
    }),
  )
}

export const trustSchema = s.optional(
  s.list(
    s.object({ commit: s.anyObject(), header: s.anyObject(), validators: s.list(s.anyObject(), { min: 1, max: 100 }) }),
    { min: 1, max: TRUST_PATH_MAX },
  ),
)
