import { type Misbehaviour, type Timestamp, TX_BYTES_MAX } from '@dujiang/chain'
import { type Json, compile, decodeCanonical, encodeCanonicalBytes, s } from '@dujiang/core/codec'
import { fromHex, toHex } from '@dujiang/core/crypto'
import { joinParts, splitParts } from '../../ledger/index.ts'

/** A block as the engine handed it over to be executed, with the state it led to: what a node replays when it starts. */
export interface Decision {
  readonly height: number
  readonly time: Timestamp
  readonly previousTimeMs: number
  /** Hash of its header. */
  readonly hash: Uint8Array
  readonly proposer: Uint8Array
  readonly misbehaviour: readonly Misbehaviour[]
  readonly appHash: Uint8Array
  readonly txs: readonly Uint8Array[]
}

const safe = Number.MAX_SAFE_INTEGER
const headSchema = compile(
  s.object({
    appHash: s.hex(32),
    hash: s.hex(32),
    height: s.int(1, safe),
    misbehaviour: s.list(
      s.object({
        address: s.hex(20),
        height: s.int(1, safe),
        kind: s.enumOf(['duplicateVote', 'lightClientAttack']),
        power: s.int(0, safe),
        timeMs: s.int(-safe, safe),
        totalPower: s.int(0, safe),
      }),
      { min: 0, max: 10_000 },
    ),
    previousTimeMs: s.int(0, safe),
    proposer: s.hex(20),
    time: s.object({ n: s.int(0, 999_999_999), s: s.int(0, safe) }),
  }),
)
const HEAD_LIMITS = { bytesMax: 4 * 1024 * 1024, itemsMax: 10_000, keysMax: 64 }

/** Rule REC-2: as a sealed block (REC-1), with another head. */
export function writeDecision({ txs, time, hash, proposer, appHash, misbehaviour, ...rest }: Decision): Uint8Array {
  const head = {
    ...rest,
    appHash: toHex(appHash),
    hash: toHex(hash),
    misbehaviour: misbehaviour as unknown as Json,
    proposer: toHex(proposer),
    time: { n: time.nanos, s: time.seconds },
  }
  return joinParts([encodeCanonicalBytes(head), ...txs])
}

/** Reads one; a string is the reason it is not one. The transactions are views of `record`. */
export function readDecision(record: Uint8Array): Decision | string {
  const parts = splitParts(record, TX_BYTES_MAX)
  if (typeof parts === 'string') return parts
  const [bytes, ...txs] = parts
  if (bytes === undefined) return 'it is empty'
  const decoded = decodeCanonical(bytes, HEAD_LIMITS)
  if (!decoded.ok) return `head: ${decoded.reason} at byte ${decoded.at}`
  const problem = headSchema.explain(decoded.value)
  if (problem !== undefined) return `head: ${problem.path} ${problem.rule}`
  const { time, ...head } = decoded.value as unknown as Head
  return {
    ...head,
    appHash: fromHex(head.appHash),
    hash: fromHex(head.hash),
    proposer: fromHex(head.proposer),
    time: { seconds: time.s, nanos: time.n },
    txs,
  }
}

interface Head {
  readonly appHash: string
  readonly hash: string
  readonly height: number
  readonly misbehaviour: readonly Misbehaviour[]
  readonly previousTimeMs: number
  readonly proposer: string
  readonly time: { readonly n: number; readonly s: number }
}
