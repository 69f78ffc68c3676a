import { type Of, compile, decodeCanonical, encodeCanonicalBytes, s } from '@dujiang/core/codec'
import { type CryptoProvider, type Hash, type Signer, concatBytes, fromHex, toHex } from '@dujiang/core/crypto'
import { type Header, headerHash } from '../comet/index.ts'

const shape = s.object({
  /** What the header says of the state before its block. */
  appHash: s.hex(32),
  /** Hash of the header. */
  block: s.hex(32),
  chain: s.hex(32),
  height: s.int(1, Number.MAX_SAFE_INTEGER),
  /** Ed25519 public key of the node. */
  node: s.hex(32),
  signature: s.hex(64),
  v: s.literal(1),
})
const schema = compile(shape)

/**
 * What a node vouches for (见证): it has executed every block before this header, since its snapshot where it joined by one, and
 * came to the state that it states. Rule WIT-1.
 */
export type Checkpoint = Of<typeof shape>

const TAG = new TextEncoder().encode('dujiang/checkpoint/1\n')

export function signCheckpoint(sha256: Hash, signer: Signer, chain: string, header: Header): Checkpoint {
  const { height, appHash } = header
  const block = toHex(headerHash(sha256, header))
  const stated = { appHash: toHex(appHash), block, chain, height, node: toHex(signer.publicKey), v: 1 } as const
  return { ...stated, signature: toHex(signer.sign(signedBytes(stated))) }
}

export const writeCheckpoint = (checkpoint: Checkpoint): Uint8Array => encodeCanonicalBytes({ ...checkpoint })

/** Reads one; a string says why it is none. */
export function readCheckpoint(bytes: Uint8Array): Checkpoint | string {
  const decoded = decodeCanonical(bytes)
  if (!decoded.ok) return `${decoded.reason} at byte ${decoded.at}`
  const problem = schema.explain(decoded.value)
  return problem === undefined ? (decoded.value as unknown as Checkpoint) : `${problem.path} ${problem.rule}`
}

/** Did the node it names sign this? Whose key that is, the reader must know. */
export function checkpointHolds(crypto: Pick<CryptoProvider, 'verify'>, checkpoint: Checkpoint): boolean {
  const { signature, ...stated } = checkpoint
  return crypto.verify('ed25519', fromHex(stated.node), signedBytes(stated), fromHex(signature))
}

/** What a checkpoint says of a header: `silent` where it is of another height and another state. Rule WIT-6. */
export type Vouching = 'vouches' | 'contradicts' | 'silent'

export function vouchingFor(sha256: Hash, { height, block, appHash }: Checkpoint, header: Header): Vouching {
  if (height === header.height) return block === toHex(headerHash(sha256, header)) ? 'vouches' : 'contradicts'
  // The state says which receipts there are. One that no block has changed since is the same at both heights.
  return appHash === toHex(header.appHash) ? 'vouches' : 'silent'
}

const signedBytes = (stated: Omit<Checkpoint, 'signature'>): Uint8Array =>
  concatBytes(TAG, encodeCanonicalBytes({ ...stated }))
