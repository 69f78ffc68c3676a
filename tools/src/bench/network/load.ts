import { setTimeout as delay } from 'node:timers/promises'
import type { Lane } from '../lane.ts'
import type { BookOrders } from './book-orders.ts'

/** Units whose orders travel together over a connection of their own. */
export interface Group {
  readonly lane: Lane
  readonly orders: readonly BookOrders[]
}

export interface LoadResult {
  readonly orders: number
  readonly seconds: number
  /** From when a request was due to its last receipt, ms; in a closed loop it is due when it is sent. */
  readonly latenciesMs: readonly number[]
  /** Requests that were not answered with receipts of accepted orders. */
  readonly errors: number
  readonly firstError?: string
}

/** Every group sends, waits for its receipts, and sends again; what has not come back when the time is over does not count. */
export async function closedLoop(groups: readonly Group[], seconds: number): Promise<LoadResult> {
  const tally = new Tally()
  const startedAt = performance.now()
  const endsAt = startedAt + 1_000 * seconds
  const sending = groups.map(async (group) => {
    while (performance.now() < endsAt) {
      const sentAt = performance.now()
      if (!(await tally.send(group, sentAt, endsAt))) return
    }
  })
  await delay(1_000 * seconds)
  const result = tally.result((performance.now() - startedAt) / 1_000)
  await Promise.all(sending)
  return result
}

/**
 * The groups take turns at a fixed pace, whether answers come or not, so that a slow answer makes nobody wait but who
 * asked. A group whose turn comes while it still waits for its last receipts counts as an error.
 */
export async function openLoop(groups: readonly Group[], perSecond: number, seconds: number): Promise<LoadResult> {
  const tally = new Tally()
  const perGroupMs = (1_000 * (groups[0]?.orders.length ?? 1)) / perSecond
  const requests = Math.round((1_000 * seconds) / perGroupMs)
  const startedAt = performance.now()
  const waiting = new Set<Group>()
  const sending: Promise<unknown>[] = []
  for (let turn = 0; turn < requests; turn++) {
    const dueAt = startedAt + turn * perGroupMs
    const earlyMs = dueAt - performance.now()
    if (earlyMs > 0) await delay(earlyMs)
    const group = groups[turn % groups.length] as Group
    if (waiting.has(group)) {
      tally.fail('no receipts within a whole turn of all units')
      continue
    }
    waiting.add(group)
    sending.push(tally.send(group, dueAt, Number.POSITIVE_INFINITY).finally(() => waiting.delete(group)))
    // Nothing of a request that has been answered is kept, however long this goes on.
    if (sending.length > groups.length) await sending.shift()
  }
  await Promise.all(sending)
  return tally.result((performance.now() - startedAt) / 1_000)
}

class Tally {
  #orders = 0
  #errors = 0
  #firstError: string | undefined
  readonly #latenciesMs: number[] = []

  /** False when it went wrong. */
  async send({ lane, orders }: Group, dueAt: number, endsAt: number): Promise<boolean> {
    try {
      await lane.send(orders.map((each) => each.take()))
    } catch (cause) {
      this.fail((cause as Error).message)
      return false
    }
    const now = performance.now()
    if (now > endsAt) return true
    this.#orders += orders.length
    this.#latenciesMs.push(now - dueAt)
    return true
  }

  fail(why: string): void {
    this.#errors += 1
    this.#firstError ??= why
  }

  result(seconds: number): LoadResult {
    return {
      orders: this.#orders,
      seconds,
      latenciesMs: [...this.#latenciesMs],
      errors: this.#errors,
      ...(this.#firstError === undefined ? {} : { firstError: this.#firstError }),
    }
  }
}
