import type { Signer } from '@dujiang/core/crypto'
import type { Clock } from '../seams/index.ts'
import { backOffMs } from './back-off.ts'
import type { Post } from './post.ts'
import { deliveryHeaders } from './signing.ts'
import { type Standing, readStanding, writeStanding } from './state-file.ts'
import { type Subscription, urlOf } from './subscription.ts'

/** Receipts after an index, as a subscription's owner may see those that it wishes for. */
export interface Batch {
  /** Each as a JSON text. */
  readonly receipts: readonly string[]
  /** The index of the last that was looked at; that it began after when there was none. */
  readonly next: number
}

/** The ledger as deliveries are made of it. */
export interface Source {
  readonly chain: string
  /** Receipts in the log; the first that is held; the newest height. */
  stand(): { readonly receipts: number; readonly first: number; readonly height: number }
  batch(subscription: Subscription, after: number): Promise<Batch>
  /** Called when there are more; gives what ends that. */
  onMore(listener: () => void): () => void
}

export interface CourierParts {
  readonly dir: string
  readonly source: Source
  readonly signer: Signer
  readonly clock: Clock
  readonly post: Post
  /** From 0 to below 1. */
  readonly random: () => number
  readonly log: (line: string) => void
}

const ANSWER_MS = 10_000
/** What nobody wishes for is passed over; how far is written down now and then. */
const PASSED_OVER_MAX = 1_000

/** Brings one subscription its receipts, until it is ended. Rules HOOK-1 to HOOK-3. */
export class Courier {
  readonly subscription: Subscription
  readonly #parts: CourierParts
  readonly #ended = new AbortController()
  readonly #done: Promise<void>
  #standing: Standing
  #written = -1
  #wake: () => void = () => {}
  #isMore = true

  static async start(parts: CourierParts, subscription: Subscription): Promise<Courier> {
    const { source, dir } = parts
    const { receipts, first } = source.stand()
    const known = await readStanding(dir, subscription.name)
    const begin: Standing = { after: subscription.after ?? receipts - 1, chain: source.chain }
    const standing = known?.chain === source.chain ? known : begin
    // An index from before what this node holds, or from a log that has since been given up.
    const after = Math.max(first - 1, Math.min(standing.after, receipts - 1))
    return new Courier(parts, subscription, { ...standing, after })
  }

  private constructor(parts: CourierParts, subscription: Subscription, standing: Standing) {
    this.#parts = parts
    this.subscription = subscription
    this.#standing = standing
    const cease = parts.source.onMore(() => this.#more())
    this.#done = this.#run().finally(cease)
  }

  /** Where it stands; `behind` counts the receipts that it has not been given. */
  stand(): Standing & { readonly behind: number } {
    return { ...this.#standing, behind: this.#parts.source.stand().receipts - 1 - this.#standing.after }
  }

  /** Gives up what is on its way, and keeps where it stands. */
  async end(): Promise<void> {
    this.#ended.abort()
    this.#wake()
    await this.#done
  }

  async #run(): Promise<void> {
    await this.#write()
    while (!this.#isOver()) {
      this.#isMore = false
      const trouble = await this.#step().catch((cause: unknown) => sayTrouble(cause))
      if (this.#isOver()) break
      if (trouble !== undefined) await this.#failed(trouble)
      else if (!this.#isMore) await new Promise<void>((resolve) => (this.#wake = resolve))
    }
    await this.#write()
  }

  /** Brings the next batch; says why that failed, if it did. */
  async #step(): Promise<string | undefined> {
    const { source } = this.#parts
    const { after } = this.#standing
    const { receipts, next } = await source.batch(this.subscription, after)
    if (next === after) return undefined
    this.#isMore = true
    if (receipts.length > 0) {
      const { name } = this.subscription
      const { height } = source.stand()
      const head = `{"subscription":"${name}","chain":"${source.chain}","height":${height},"after":${after},"next":${next}`
      const trouble = await this.#deliver(Buffer.from(`${head},"receipts":[${receipts.join(',')}]}`))
      if (trouble !== undefined) return trouble
    }
    this.#standing = { after: next, chain: source.chain }
    if (receipts.length > 0 || next - this.#written >= PASSED_OVER_MAX) await this.#write()
    return undefined
  }

  async #deliver(body: Uint8Array): Promise<string | undefined> {
    const { signer, clock, post } = this.#parts
    const { name, url, secret, allowPrivate = false } = this.subscription
    const giveUp = new AbortController()
    const cancel = clock.wakeAfter(ANSWER_MS, () => giveUp.abort())
    try {
      const headers = deliveryHeaders(signer, secret, clock.nowMs(), body)
      const signal = AbortSignal.any([this.#ended.signal, giveUp.signal])
      const status = await post({ url: urlOf(name, url), headers, body, allowPrivate, signal })
      return status >= 200 && status < 300 ? undefined : `answered ${status}`
    } catch (cause) {
      if (giveUp.signal.aborted) return `no answer within ${ANSWER_MS} ms`
      throw cause
    } finally {
      cancel()
    }
  }

  async #failed(trouble: string): Promise<void> {
    const { clock, random } = this.#parts
    const { after, chain, failed = 0, failedSinceMs = clock.nowMs() } = this.#standing
    this.#standing = { after, chain, failed: failed + 1, failedSinceMs, trouble: trouble.slice(0, 200) }
    const paused = this.#pause(backOffMs(failed + 1, random))
    await this.#write()
    await paused
  }

  /** Over when the time is, or the courier ends. */
  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#parts.clock.wakeAfter(ms, resolve)
      this.#wake = () => {
        if (!this.#isOver()) return
        cancel()
        resolve()
      }
      this.#wake()
    })
  }

  #more(): void {
    this.#isMore = true
    this.#wake()
  }

  /** A cursor that cannot be written stops nothing: after a crash what was brought since comes again. */
  async #write(): Promise<void> {
    const { dir, log } = this.#parts
    const { name } = this.subscription
    const standing = this.#standing
    try {
      await writeStanding(dir, name, standing)
      this.#written = standing.after
    } catch (cause) {
      log(`webhook ${name}: where it stands cannot be written: ${(cause as Error).message}`)
    }
  }

  #isOver(): boolean {
    return this.#ended.signal.aborted
  }
}

function sayTrouble(cause: unknown): string {
  const { message, code } = cause as { readonly message?: string; readonly code?: string }
  const said = [code, message].filter((part) => part !== undefined && part !== '').join(' ')
  // It stands in a file of one line.
  return said.replaceAll(/[^\x20-\x7e]/g, '?') || 'failed'
}
