import { readBody, textOf } from './body.ts'
import { type RefusalBody, Refused, type Trouble, Unreachable, isTrouble } from './errors.ts'
import { Fate } from './fate.ts'
import type { Round } from './round.ts'
import { type SentAct, answerTo } from './sent-act.ts'
import { PATIENCE_MS } from './submit.ts'
import type { Transport } from './transport.ts'
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
 * Sends many acts, each as if it were sent by itself; one answer each, in the same order. Throws {@link Unreachable} when nobody
 * says what became of some: sent again, all get their answers.
 */
export async function sendActs(
  transport: Transport,
  acts: readonly SentAct[],
  signal?: AbortSignal,
): Promise<readonly (Committed | Refused)[]> {
  const round = transport.round()
  const fates = acts.map((act) => new Fate(act, transport))
  const answers: (Committed | Refused)[] = []
  let unknown: Unreachable | undefined
  for (let open = [...acts.keys()]; open.length > 0; ) {
    const again: number[] = []
    let trouble: Trouble | undefined
    for (const batch of batches(acts, open)) {
      const list = batch.map((i) => acts[i] as SentAct)
      for (const [at, answer] of (await sendBatch(round, list, signal)).entries()) {
        const i = batch[at] as number
        const fate = fates[i] as Fate
        if (!isTrouble(answer)) answers[i] = answer
        else if (fate.note(answer, round.at)) answers[i] = answer as Refused
        else if (round.isWhole && fate.isOver) {
          const end = fate.ended(answer)
          if (end instanceof Unreachable) unknown ??= end
          else answers[i] = end
        } else {
          again.push(i)
          trouble ??= answer
        }
      }
    }
    open = again
    if (open.length > 0) await round.pause(trouble, signal)
  }
  if (unknown !== undefined) throw unknown
  return answers
}

/** One answer for each act, in the same order; what comes instead of all of them is said of each. */
async function sendBatch(
  round: Round,
  acts: readonly SentAct[],
  signal?: AbortSignal,
): Promise<readonly (Committed | Trouble)[]> {
  const body = ndjson(acts.map(({ bytes }) => bytes))
  const answerMs = PATIENCE_MS + acts.length * ACT_PATIENCE_MS
  const request = { method: 'POST', target: '/v1/acts/bulk', type: 'application/x-ndjson', body, answerMs } as const
  try {
    const response = await round.once(signal === undefined ? request : { ...request, signal })
    return await readBody(async () => answersIn(await textOf(response), acts))
  } catch (error) {
    if (!isTrouble(error)) throw error
    return acts.map(() => error)
  }
}

function answersIn(text: string, acts: readonly SentAct[]): readonly (Committed | Refused)[] {
  const lines = text.split('\n').filter((line) => line !== '')
  if (lines.length !== acts.length) throw new Error(`${lines.length} answers to ${acts.length} acts`)
  return lines.map((line, at) => answerOf(JSON.parse(line) as BulkLine, acts[at] as SentAct))
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
