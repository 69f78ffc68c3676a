import { type Json, compile, decodeCanonical, encodeCanonicalBytes, s } from '@dujiang/core/codec'
import { type Hash, checkPublicKey, fromHex, toHex } from '@dujiang/core/crypto'
import { chainIdOf } from './comet/chain-id.ts'

/** How a ledger begins: a canonical file whose hash is the chain's id. */
export interface Genesis {
  /** The Application and its own section: founders, keys, who may admit whom, rule-sets, quotas. */
  readonly app: { readonly name: string; readonly state: Json; readonly version: number }
  readonly domain: string
  /** The ledger this one goes on from: it begins with the state that one ended in, and its own section is empty. */
  readonly follows?: Predecessor
  readonly name: string
  /** UTC milliseconds; every block is later. */
  readonly time: number
  readonly v: 1
  readonly validators: readonly GenesisValidator[]
}

/** A ledger that has ended, by its last block. */
export interface Predecessor {
  readonly chain: string
  readonly height: number
  readonly appHash: string
  /** Hash of its last header. */
  readonly block: string
}

export interface GenesisValidator {
  /** Its ultimate controller (实际控制人): those of one controller count as one. */
  readonly controller: string
  /** Ed25519 public key, hexadecimal: it signs blocks, not acts. */
  readonly key: string
  readonly name: string
  readonly org: string
  readonly power: number
}

/** The end of the year 9999, after which the engine has no times. */
const TIME_MS_MAX = 253_402_300_799_999

const validatorShape = s.object({
  controller: s.text(100),
  key: s.hex(32),
  name: s.text(100),
  org: s.id(),
  power: s.int(1, 1_000_000_000),
})

const genesisSchema = compile(
  s.object({
    app: s.object({ name: s.id(), state: s.anyObject(), version: s.int(1, 1_000) }),
    domain: s.id(),
    follows: s.optional(
      s.object({
        appHash: s.hex(32),
        block: s.hex(32),
        chain: s.hex(32),
        height: s.int(1, Number.MAX_SAFE_INTEGER),
      }),
    ),
    name: s.text(100),
    time: s.int(0, TIME_MS_MAX),
    v: s.literal(1),
    validators: s.list(validatorShape, { min: 1, max: 100 }),
  }),
)

const GENESIS_BYTES_MAX = 16 * 1024 * 1024

export interface Founded {
  readonly genesis: Genesis
  readonly bytes: Uint8Array
  /** SHA-256 of the file, hexadecimal: the chain's id. */
  readonly chain: string
}

/** The height of a ledger's own first block. Rules GEN-5 and GEN-6. */
export const firstHeight = ({ genesis }: Pick<Founded, 'genesis'>): number => (genesis.follows?.height ?? 0) + 1

/** What the engine's headers call the chain. */
export const engineChainId = ({ chain }: Pick<Founded, 'chain'>): string => chainIdOf(fromHex(chain))

export function writeGenesis(genesis: Genesis): Uint8Array {
  return encodeCanonicalBytes(genesis as unknown as Json)
}

/** Reads a genesis file; throws with the reason, since without it nothing can be said about a ledger. Rules GEN-1 to GEN-3. */
export function readGenesis(sha256: Hash, bytes: Uint8Array): Founded {
  const decoded = decodeCanonical(bytes, { bytesMax: GENESIS_BYTES_MAX })
  if (!decoded.ok) throw new Error(`genesis: ${decoded.reason} at byte ${decoded.at}`)
  const problem = genesisSchema.explain(decoded.value)
  if (problem !== undefined) throw new Error(`genesis: ${problem.path} ${problem.rule}`)
  const genesis = decoded.value as unknown as Genesis
  if (new Set(genesis.validators.map(({ key }) => key)).size !== genesis.validators.length) {
    throw new Error('genesis: /validators two have the same key')
  }
  for (const [place, { key }] of genesis.validators.entries()) {
    const fault = checkPublicKey('ed25519', fromHex(key))
    if (fault !== undefined) throw new Error(`genesis: /validators/${place}/key ${fault}`)
  }
  return { genesis, bytes, chain: toHex(sha256(bytes)) }
}
