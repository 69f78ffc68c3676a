import { type RefusalBody, Refused } from './errors.ts'
import { type Transport, isPassing, readBody } from './transport.ts'
import type { Committed } from './types.ts'

const ROWS_MAX = 10_000
const BYTES_MAX = 8 * 1024 * 1024

type BulkLine = { readonly row: number } & (
  | (Committed & { readonly error?: never })
  | { readonly state: 'notTaken'; readonly status: number; readonly error: RefusalBody; readonly id?: string }
)

/** Sends many acts, and again those the node had no room for; one answer each, in the same order. */
export async function sendActs(
  transport: Transport,
  list: readonly Uint8Array[],
  giveUpAtMs: number,
  signal?: AbortSignal,
): Promise<readonly (Committed | Refused)[]> {
  const answers: (Committed | Refused)[] = []
  let open = list.map((_bytes, i) => i)
  for (let tries = 1; open.length > 0; tries++) {
    let trouble: unknown
    const again: number[] = []
    for (const batch of batches(list, open)) {
      try {
        const lines = await sendBatch(
          transport,
          batch.map((i) => list[i] as Uint8Array),
          signal,
        )
        for (const [at, line] of lines.entries()) {
          const i = batch[at] as number
          const answer = answerOf(line)
          answers[i] = answer
          if (answer instanceof Refused && isPassing(answer)) again.push(i)
        }
      } catch (error) {
        if (!isPassing(error)) throw error
        trouble = error
        again.push(...batch)
      }
    }
    open = again
    if (open.length === 0) break
    if (transport.timing.nowMs() >= giveUpAtMs) {
      if (trouble !== undefined) throw trouble
      break
    }
    const busy = answers[open[0] as number]
    await transport.pause(tries, trouble ?? busy, signal)
  }
  return answers
}

async function sendBatch(transport: Transport, list: readonly Uint8Array[], signal?: AbortSignal) {
  const request = { method: 'POST', target: '/v1/acts/bulk', type: 'application/x-ndjson', body: ndjson(list) } as const
  const response = await transport.once(signal === undefined ? request : { ...request, signal })
  return readBody(async () => {
    const lines = (await response.text()).split('\n').filter((line) => line !== '')
    if (lines.length !== list.length) throw new Error(`${lines.length} answers to ${list.length} acts`)
    return lines.map((line) => JSON.parse(line) as BulkLine)
  })
}

function answerOf(line: BulkLine): Committed | Refused {
  if (line.error === undefined) return line
  const seconds = line.error.facts['retryAfterSeconds']
  return new Refused(line.status, line.error, line.id, typeof seconds === 'number' ? seconds : undefined)
}

function* batches(list: readonly Uint8Array[], indices: readonly number[]): Iterable<readonly number[]> {
  let batch: number[] = []
  let bytes = 0
  for (const i of indices) {
    const size = (list[i] as Uint8Array).length + 1
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
