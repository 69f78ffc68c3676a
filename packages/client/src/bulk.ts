import { type RefusalBody, Refused } from './errors.ts'
import { LATE_MS, fateUnknown, isUndecided } from './fate.ts'
import type { Round } from './round.ts'
import { type SentAct, answerTo } from './sent-act.ts'
import { PATIENCE_MS } from './submit.ts'
import { type Transport, isPassing, readBody } from './transport.ts'
import type { Committed } from './types.ts'

const ROWS_MAX = 10_000
const BYTES_MAX = 8 * 1024 * 1024
/** What an act adds to the time that a node may take. */
const ACT_PATIENCE_MS = 5

type BulkLine = { readonly row: number } & (
  | (Committed & { readonly error?: never })
  | { readonly state: 'notTaken'; readonly status: number; readonly error: RefusalBody; readonly id?: string }
)

/**
 * Sends many acts, and again those the node had no room for or cannot tell the fate of; one answer each, in the same order.
 * Throws {@link Unreachable} when nobody says what became of some: sent again, all get their answers.
 */
export async function sendActs(
  transport: Transport,
  acts: readonly SentAct[],
  signal?: AbortSignal,
): Promise<readonly (Committed | Refused)[]> {
  const expireMs = acts.reduce((last, { expires }) => Math.max(last, expires), 0)
  const round = transport.round()
  const answers: (Committed | Refused)[] = []
  /** Acts that a node may have though it has not said so. */
  const mayBeThere = new Set<number>()
  let open = acts.map((_act, i) => i)
  let endMs = expireMs
  while (open.length > 0) {
    let trouble: unknown
    const again: number[] = []
    for (const batch of batches(acts, open)) {
      try {
        const list = batch.map((i) => acts[i] as SentAct)
        for (const [at, answer] of (await sendBatch(round, list, signal)).entries()) {
          const i = batch[at] as number
          answers[i] = answer
          if (isPassing(answer) || isUndecided(answer)) again.push(i)
          if (isUndecided(answer)) mayBeThere.add(i)
        }
      } catch (error) {
        if (!isPassing(error)) throw error
        trouble = error
        again.push(...batch)
        if (!(error instanceof Refused)) for (const i of batch) mayBeThere.add(i)
      }
    }
    open = again
    if (open.length === 0) break
    if (open.some((i) => isUndecided(answers[i]))) endMs = expireMs + LATE_MS
    const last = trouble ?? answers[open[0] as number]
    if (round.isWhole && transport.timing.nowMs() >= endMs) {
      if (open.some((i) => mayBeThere.has(i))) throw last instanceof Refused ? fateUnknown(last) : last
      if (trouble !== undefined) throw trouble
      break
    }
    await round.pause(last, signal)
  }
  return answers
}

/** One answer for each act, in the same order; all of them or none. */
async function sendBatch(
  round: Round,
  acts: readonly SentAct[],
  signal?: AbortSignal,
): Promise<readonly (Committed | Refused)[]> {
  const body = ndjson(acts.map(({ bytes }) => bytes))
  const answerMs = PATIENCE_MS + acts.length * ACT_PATIENCE_MS
  const request = { method: 'POST', target: '/v1/acts/bulk', type: 'application/x-ndjson', body, answerMs } as const
  const response = await round.once(signal === undefined ? request : { ...request, signal })
  return readBody(async () => {
    const lines = (await response.text()).split('\n').filter((line) => line !== '')
    if (lines.length !== acts.length) throw new Error(`${lines.length} answers to ${acts.length} acts`)
    return lines.map((line, at) => answerOf(JSON.parse(line) as BulkLine, acts[at] as SentAct))
  })
}

function answerOf(line: BulkLine, act: SentAct): Committed | Refused {
  if (line.error === undefined) return answerTo(act, line)
  const seconds = line.error.facts['retryAfterSeconds']
  return new Refused(line.status, line.error, line.id, typeof seconds === 'number' ? seconds : undefined)
}

function* batches(acts: readonly SentAct[], indices: readonly number[]): Iterable<readonly number[]> {
  let batch: number[] = []
  let bytes = 0
  for (const i of indices) {
    const size = (acts[i] as SentAct).bytes.length + 1
    if (batch.length === ROWS_MAX || (batch.length > 0 && bytes + size > BYTES_MAX)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(i)
    bytes += size
  }
  if (batch.length > 0) yield batch
}

function ndjson(list: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(list.reduce((sum, bytes) => sum + bytes.length + 1, 0))
  let at = 0
  for (const bytes of list) {
    whole.set(bytes, at)
    at += bytes.length
    whole[at++] = 10
  }
  return whole
}
