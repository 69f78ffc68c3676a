import { type Audit, type SealedBlock, type Understood, isInadmissible, readSealedBlock } from '@dujiang/chain'
import { fromHex } from '@dujiang/core/crypto'
import { VerifyPool } from '../verify/index.ts'
import type { Piece } from './block-lines.ts'

/** A piece with what could be found out about its block before its turn came. */
export interface Ahead {
  readonly piece: Piece
  readonly sealed?: SealedBlock | string
  readonly understood?: readonly (Understood | undefined)[]
  /** Resolves when the signatures asked about are answered, or nobody will answer. */
  readonly ready: Promise<void>
}

/** How far to read ahead: enough to keep the threads busy, little enough to hold in memory. */
const BLOCKS_AHEAD_MAX = 64
const BYTES_AHEAD_MAX = 4 * 2 ** 20

/**
 * Reads blocks ahead of their execution and has their signatures checked on threads meanwhile, under the keys the state
 * knows at that moment. Rule EXA-3: execution asks again unless the signature was found good under the very key it wants.
 */
export async function* checkedAhead(
  audit: Audit,
  pieces: AsyncIterable<Piece>,
  threads: number,
): AsyncGenerator<Ahead, void> {
  let giveUp = (): void => undefined
  const gaveUp = new Promise<void>((resolve) => {
    giveUp = resolve
  })
  const pool = threads === 0 ? undefined : new VerifyPool(threads, () => giveUp())
  const queue: Ahead[] = []
  let queuedBytes = 0
  try {
    for await (const piece of pieces) {
      const ahead = look(audit, piece, pool, gaveUp)
      queue.push(ahead)
      queuedBytes += bytesOf(ahead)
      while (queue.length > BLOCKS_AHEAD_MAX || queuedBytes > BYTES_AHEAD_MAX) {
        const next = queue.shift() as Ahead
        queuedBytes -= bytesOf(next)
        await next.ready
        yield next
      }
    }
    for (const next of queue) {
      await next.ready
      yield next
    }
  } finally {
    await pool?.close()
  }
}

const bytesOf = ({ piece }: Ahead): number => (piece.kind === 'line' ? piece.bytes.length : 0)

function look({ ledger }: Audit, piece: Piece, pool: VerifyPool | undefined, gaveUp: Promise<void>): Ahead {
  if (piece.kind !== 'line') return { piece, ready: Promise.resolve() }
  const sealed = readSealedBlock(piece.bytes)
  if (typeof sealed === 'string') return { piece, sealed, ready: Promise.resolve() }
  const understood = sealed.txs.map((tx) => {
    const outcome = ledger.understand(tx)
    return isInadmissible(outcome) ? undefined : outcome
  })
  if (pool === undefined) return { piece, sealed, understood, ready: Promise.resolve() }
  const view = ledger.view()
  const checks: Promise<void>[] = []
  for (const act of understood) {
    if (act === undefined) continue
    const { body, signedBytes, signature } = act.envelope
    const key = ledger.app.key(view, body.org, body.key)
    if (key === undefined) continue
    const { scheme, publicKey } = key
    const check = { scheme, publicKey: fromHex(publicKey), message: signedBytes, signature }
    checks.push(
      new Promise((resolve) => {
        pool.check(check, (holds) => {
          if (holds) act.verifiedUnder = publicKey
          resolve()
        })
      }),
    )
  }
  const answered = Promise.all(checks).then(() => undefined)
  return { piece, sealed, understood, ready: Promise.race([answered, gaveUp]) }
}
