import { toHex } from '@dujiang/core/crypto'
import { bytesOf, jsonOf, readBody } from './body.ts'
import { type RefusalBody, Refused, Unreachable, isTrouble } from './errors.ts'
import type { Identity } from './identity.ts'
import { Round } from './round.ts'

/** Time as the client sees it; a test hands in its own. */
export interface Timing {
  nowMs(): number
  /** Resolves after `ms`, or at once when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Aborted after `ms`; by the platform's clock unless told. */
  deadline?(ms: number): AbortSignal
}

export const realTiming: Timing = {
  nowMs: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      if (signal?.aborted === true) done()
      else signal?.addEventListener('abort', done)
    }),
}

/** A signal that is aborted after `ms`. */
export const deadlineOf = (timing: Timing, ms: number): AbortSignal => timing.deadline?.(ms) ?? AbortSignal.timeout(ms)

export interface Request {
  readonly method?: 'GET' | 'POST'
  /** Path and query. */
  readonly target: string
  readonly type?: string
  readonly body?: Uint8Array
  readonly headers?: { readonly [name: string]: string }
  readonly signal?: AbortSignal
  /** How long the answer may take; a minute unless told. */
  readonly answerMs?: number
  /** Who asks, where not the viewer, or not by a GET. */
  readonly asker?: Identity
  /** The answer goes on for as long as somebody listens. */
  readonly endless?: boolean
}

export type Fetch = typeof globalThis.fetch

/** Rounds over all nodes. */
const ROUNDS = 3
const ANSWER_MS = 60_000
/** How long a node may take about what another has said it does not have. */
const OTHERS_MS = 10_000

/** What this node cannot answer for what it is: its clock is off, or it joined by snapshot. */
const ELSEWHERE: ReadonlySet<string> = new Set(['queryTimeOff', 'receiptsNotHeld'])
/** It did not have the whole request in time. */
const TOO_SLOW = 'requestTooSlow'
const MISSING: ReadonlySet<string> = new Set(['receiptUnknown', 'blockUnknown'])

/** Asks nodes in turn, signing what is read when there is a viewer. */
export class Transport {
  readonly timing: Timing
  readonly #nodes: readonly string[]
  readonly #fetch: Fetch
  readonly #viewer: Identity | undefined
  /** The node that requests begin with. */
  #first = 0

  constructor(nodes: readonly string[], fetch: Fetch, viewer: Identity | undefined, timing: Timing) {
    if (nodes.length === 0) throw new Error('a client needs the address of a node')
    this.#nodes = nodes.map((node) => node.replace(/\/+$/, ''))
    this.#fetch = fetch
    this.#viewer = viewer
    this.timing = timing
  }

  /** How many nodes there are. */
  get size(): number {
    return this.#nodes.length
  }

  /** The nodes for one request, beginning with the one that answers others. */
  round(): Round {
    return new Round(this, this.#first)
  }

  /** The node after one that has failed, which new requests do not begin with. */
  after(at: number): number {
    const next = (at + 1) % this.#nodes.length
    if (this.#first === at) this.#first = next
    return next
  }

  /** One request to the node at a place. Throws {@link Refused} or {@link Unreachable}. */
  async once(request: Request, at: number): Promise<Response> {
    const { method = 'GET', target, body, type, headers, signal, endless = false, answerMs = ANSWER_MS } = request
    const node = this.#nodes[at] as string
    const asker = request.asker ?? (method === 'GET' ? this.#viewer : undefined)
    const authorization = asker === undefined ? undefined : this.#authorization(asker, method, node, target)
    let response: Response
    try {
      response = await this.#fetch(node + target, {
        method,
        headers: {
          ...headers,
          ...(type === undefined ? {} : { 'content-type': type }),
          ...(authorization === undefined ? {} : { authorization }),
        },
        ...(body === undefined ? {} : { body: body as Uint8Array<ArrayBuffer> }),
        signal: AbortSignal.any([
          ...(signal === undefined ? [] : [signal]),
          ...(endless ? [] : [deadlineOf(this.timing, answerMs)]),
        ]),
      })
    } catch (cause) {
      signal?.throwIfAborted()
      throw new Unreachable(`${node} gave no answer`, cause)
    }
    if (response.ok) return response
    throw await failure(node, response)
  }

  /**
   * Asks for something that changes nothing, and reads the answer: of the other nodes where one gives none, or none that can be read,
   * or cannot give it. What one does not have it leaves to the others too, each asked once from then on: one that joined by
   * snapshot lacks what is old, and one that is behind what is new. Rule CLIENT-13.
   */
  async ask<T>(request: Request, read: (response: Response) => Promise<T>): Promise<T> {
    const round = this.round()
    let missing: Refused | undefined
    let others = this.#nodes.length - 1
    for (let tries = 1; ; tries++) {
      try {
        const patience = missing === undefined ? {} : { answerMs: OTHERS_MS }
        const response = await round.once({ ...request, ...patience })
        return await readBody(() => read(response))
      } catch (error) {
        if (isMissing(error)) missing ??= error
        if (missing !== undefined && isTrouble(error)) {
          if (others-- === 0) throw missing
          round.pass()
        } else if (isPassing(error) && tries < ROUNDS * this.#nodes.length) await round.pause(error, request.signal)
        else throw error
      }
    }
  }

  getJson<T>(target: string, signal?: AbortSignal): Promise<T> {
    return this.ask({ target, ...(signal === undefined ? {} : { signal }) }, jsonOf<T>)
  }

  getBytes(target: string): Promise<Uint8Array> {
    return this.ask({ target }, bytesOf)
  }

  #authorization({ org, key, signer }: Identity, method: string, node: string, target: string): string {
    const timeMs = this.timing.nowMs()
    // The node signs off what it sees: the whole path, also when the API stands below one.
    const path = new URL(node + target).pathname + new URL(node + target).search
    const message = new TextEncoder().encode(`dujiang/query/1\n${method}\n${path}\n${timeMs}`)
    return `Dujiang org="${org}",key="${key}",time="${timeMs}",signature="${toHex(signer.sign(message))}"`
  }
}

/** May the same request succeed at another node or a little later? */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Refused)) return error instanceof Unreachable
  return error.status === 429 || error.status >= 500 || error.refusal.name === TOO_SLOW || isElsewhere(error)
}

/** May it succeed at another node alone? */
export const isElsewhere = (error: unknown): boolean => error instanceof Refused && ELSEWHERE.has(error.refusal.name)

const isMissing = (error: unknown): error is Refused => error instanceof Refused && MISSING.has(error.refusal.name)

async function failure(node: string, response: Response): Promise<Error> {
  try {
    const { error, id } = await jsonOf<{ readonly error: RefusalBody; readonly id?: string }>(response)
    if (typeof error.name !== 'string' || typeof error.code !== 'number') throw new Error('no error body')
    const after = Number(response.headers.get('retry-after') ?? Number.NaN)
    return new Refused(response.status, error, id, Number.isFinite(after) ? after : undefined)
  } catch (cause) {
    return new Unreachable(`${node} answered ${response.status} with something else than this API`, cause)
  }
}
