import { setTimeout as delay } from 'node:timers/promises'
import type { Lane } from '../lane.ts'
import type { BookOrders } from './book-orders.ts'

/** Units whose orders travel together over a connection of their own. */
export interface Group {
  readonly lane: Lane
  readonly orders: readonly BookOrders[]
}

export interface LoadResult {
  /** Within the time that counts. */
  readonly orders: number
  readonly seconds: number
  /** From the first to the last, before and after that time too: what the processes used is shared out among these. */
  readonly ordersInAll: number
  /** From when a request was due to its last receipt, ms; in a closed loop it is due when it is sent. */
  readonly latenciesMs: readonly number[]
  /** Requests sent again, the same bytes, since the node would take nothing just then. */
  readonly resent: number
  /** Requests that were not answered with receipts of accepted orders in the end. */
  readonly errors: number
  readonly firstError?: string
}

/** Every group sends, waits for its receipts, and sends again. What comes back while all are under way counts. */
export async function closedLoop(groups: readonly Group[], warmSeconds: number, seconds: number): Promise<LoadResult> {
  const beginsAt = performance.now() + 1_000 * warmSeconds
  const endsAt = beginsAt + 1_000 * seconds
  const tally = new Tally(beginsAt, endsAt)
  await Promise.all(
    groups.map(async (group) => {
      while (performance.now() < endsAt && (await tally.send(group, performance.now())));
    }),
  )
  return tally.result(seconds)
}

/**
 * The groups take turns at a fixed pace, whether answers come or not, so that a slow answer makes nobody wait but who
 * asked. A group whose turn comes while it still waits for its last receipts counts as an error.
 */
export async function openLoop(groups: readonly Group[], perSecond: number, seconds: number): Promise<LoadResult> {
  const perGroupMs = (1_000 * (groups[0]?.orders.length ?? 1)) / perSecond
  const requests = Math.round((1_000 * seconds) / perGroupMs)
  const startedAt = performance.now()
  const tally = new Tally(startedAt, Number.POSITIVE_INFINITY)
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
    sending.push(tally.send(group, dueAt).finally(() => waiting.delete(group)))
    // Nothing of a request that has been answered is kept, however long this goes on.
    if (sending.length > groups.length) await sending.shift()
  }
  await Promise.all(sending)
  return tally.result((performance.now() - startedAt) / 1_000)
}

/** As a client does: what is not taken is sent again for a while. */
const TRIES_MAX = 10
const AGAIN_MS = 1_000

class Tally {
  readonly #beginsAt: number
  readonly #endsAt: number
  #orders = 0
  #ordersInAll = 0
  #resent = 0
  #errors = 0
  #firstError: string | undefined
  readonly #latenciesMs: number[] = []

  constructor(beginsAt: number, endsAt: number) {
    this.#beginsAt = beginsAt
    this.#endsAt = endsAt
  }

  /** False when it went wrong. */
  async send({ lane, orders }: Group, dueAt: number): Promise<boolean> {
    const acts = orders.map((each) => each.take())
    for (let tries = 1; ; tries++) {
      try {
        await lane.send(acts)
        break
      } catch (cause) {
        if (tries === TRIES_MAX) {
          this.fail((cause as Error).message)
          return false
        }
        this.#resent += 1
        await delay(AGAIN_MS)
      }
    }
    this.#ordersInAll += orders.length
    const now = performance.now()
    if (now < this.#beginsAt || now > this.#endsAt) return true
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
      ordersInAll: this.#ordersInAll,
      seconds,
      latenciesMs: [...this.#latenciesMs],
      resent: this.#resent,
      errors: this.#errors,
      ...(this.#firstError === undefined ? {} : { firstError: this.#firstError }),
    }
  }
}
