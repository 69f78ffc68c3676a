import { type Of, compile, decodeCanonical, encodeCanonicalBytes, s } from '@dujiang/core/codec'

const PORT_MAX = 65_535

const cardShape = s.object({
  /** Certificate of its own authority, base64 of DER: vouches for its HTTP interface and its clients. Absent where that is served in the clear. */
  authority: s.optional(s.text(2_000, undefined, 1)),
  /** Address of its HTTP interface, as the others' clients reach it. */
  api: s.text(200, undefined, 1),
  /** Its ultimate controller (实际控制人). */
  controller: s.text(100, undefined, 1),
  /** Ed25519 public key under which the node signs intake receipts and checkpoints. */
  doorKey: s.hex(32),
  /** Where its peers reach it. */
  host: s.text(200, undefined, 1),
  kind: s.literal('dujiang-card'),
  /** The organisation's name, as people read it. */
  name: s.text(100, undefined, 1),
  /** The node's name among its peers: the first 20 bytes of the SHA-256 of its public key. */
  nodeId: s.hex(20),
  org: s.id(),
  p2pPort: s.int(1, PORT_MAX),
  role: s.enumOf(['validator', 'full']),
  v: s.literal(1),
  /** Ed25519 public key that signs blocks. A full node has one too, for the day on which it is to vote. */
  validatorKey: s.hex(32),
})
const cardSchema = compile(cardShape)

/** What an organisation tells the others about its node: everything in it is public. Rule CARD-1. */
export type Card = Of<typeof cardShape>

const LIMITS = { bytesMax: 64 * 1024, itemsMax: 64, keysMax: 64 }

/** Canonical JSON, so that a card has one hash. */
export function writeCard(card: Card): Uint8Array {
  const problem = cardProblem(card)
  if (problem !== undefined) throw new Error(`card: ${problem}`)
  return encodeCanonicalBytes(card)
}

/** Reads one; a string says why it is none. */
export function readCard(bytes: Uint8Array): Card | string {
  const decoded = decodeCanonical(bytes, LIMITS)
  if (!decoded.ok) return `${decoded.reason} at byte ${decoded.at}`
  return cardProblem(decoded.value) ?? (decoded.value as unknown as Card)
}

function cardProblem(value: unknown): string | undefined {
  const problem = cardSchema.explain(value)
  return problem === undefined ? apiProblem(value as Card) : `${problem.path} ${problem.rule}`
}

/** The place in a card that has the right shape and names no interface that a client could ask, with what is wrong there. */
export function apiProblem({ api }: Card): string | undefined {
  const isAddress = URL.canParse(api) && /^https?:$/.test(new URL(api).protocol)
  return isAddress ? undefined : '/api notAnAddress'
}

/** The shape of a card inside another file. */
export { cardShape }
