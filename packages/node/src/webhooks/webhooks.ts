import { type FSWatcher, mkdirSync, watch } from 'node:fs'
import type { Signer } from '@dujiang/core/crypto'
import type { Clock } from '../seams/index.ts'
import { Courier, type CourierParts, type Source } from './courier.ts'
import { type Post, postWith } from './post.ts'
import { forgetStanding } from './state-file.ts'
import { type Subscription, readSubscriptions, subscriptionsPath } from './subscription.ts'

export interface WebhookOptions {
  /** The operator's folder: the subscriptions, and how far each has come. Made when it is missing. */
  readonly dir: string
  /** The node's key. */
  readonly signer: Signer
  readonly log: (line: string) => void
  readonly post?: Post
  /** From 0 to below 1; the machine's unless told. */
  readonly random?: () => number
}

/** How the subscriptions stand together: names are the operator's alone. */
export interface WebhookStand {
  readonly subscriptions: number
  readonly failing: number
  /** Receipts that the slowest has not been given. */
  readonly behind: number
}

/** The subscriptions of a node, each with its courier, as the operator's file has them. Rules HOOK-5 and HOOK-7. */
export class Webhooks {
  readonly #parts: CourierParts
  readonly #log: (line: string) => void
  readonly #couriers = new Map<string, Courier>()
  readonly #watcher: FSWatcher
  #turn: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor(
    source: Source,
    clock: Clock,
    { dir, signer, log, post = postWith(), random = Math.random }: WebhookOptions,
  ) {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    this.#parts = { dir, source, signer, clock, post, random, log }
    this.#log = log
    const name = subscriptionsPath('')
    this.#watcher = watch(dir, (_event, changed) => {
      if (changed === null || changed === name.slice(1)) void this.reload()
    })
    this.#watcher.on('error', (cause) => log(`changes of the webhooks are not seen until a restart: ${cause.message}`))
    // Nothing waits for the deliveries of a process that has nothing else to do.
    this.#watcher.unref()
    void this.reload()
  }

  /** Takes over what the file says now; resolves when it has. */
  reload(): Promise<void> {
    this.#turn = this.#turn.then(() => this.#takeOver())
    return this.#turn
  }

  stand(): WebhookStand {
    const stands = [...this.#couriers.values()].map((courier) => courier.stand())
    return {
      subscriptions: stands.length,
      failing: stands.filter(({ failed }) => failed !== undefined).length,
      behind: Math.max(0, ...stands.map(({ behind }) => behind)),
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#watcher.close()
    await this.#turn
    await Promise.all([...this.#couriers.values()].map((courier) => courier.end()))
  }

  async #takeOver(): Promise<void> {
    if (this.#isClosed) return
    try {
      const wanted = await readSubscriptions(this.#parts.dir)
      for (const [name, courier] of this.#couriers) {
        const same = wanted.find((each) => each.name === name)
        if (same !== undefined && isSame(same, courier.subscription)) continue
        this.#couriers.delete(name)
        await courier.end()
        if (same === undefined) await forgetStanding(this.#parts.dir, name)
      }
      for (const subscription of wanted) {
        if (this.#couriers.has(subscription.name)) continue
        this.#couriers.set(subscription.name, await Courier.start(this.#parts, subscription))
      }
    } catch (cause) {
      this.#log(`webhooks are not taken over, those before go on: ${(cause as Error).message}`)
    }
  }
}

const isSame = (a: Subscription, b: Subscription): boolean => JSON.stringify(a) === JSON.stringify(b)
