import { toHex } from '@dujiang/core/crypto'
import { type RefusalBody, Refused, Unreachable } from './errors.ts'
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

  /** The nodes for one request, beginning with the one that answers others, or with this one. */
  round(at = this.#first): Round {
    return new Round(this, at)
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
          ...(endless ? [] : [this.#deadline(answerMs)]),
        ]),
      })
    } catch (cause) {
      signal?.throwIfAborted()
      throw new Unreachable(`${node} gave no answer`, cause)
    }
    if (response.ok) return response
    throw await failure(node, response)
  }

  /** Reads something, asking the other nodes when one cannot be reached. */
  get(target: string, signal?: AbortSignal, at?: number): Promise<Response> {
    return this.ask({ target, ...(signal === undefined ? {} : { signal }) }, at)
  }

  /** The same of any request that changes nothing. */
  async ask(request: Request, at?: number): Promise<Response> {
    const round = this.round(at)
    for (let tries = 1; ; tries++) {
      try {
        return await round.once(request)
      } catch (error) {
        if (!isPassing(error) || tries >= ROUNDS * this.#nodes.length) throw error
        await round.pause(error, request.signal)
      }
    }
  }

  async getJson<T>(target: string, signal?: AbortSignal, at?: number): Promise<T> {
    const response = await this.get(target, signal, at)
    return (await readBody(() => response.json())) as T
  }

  async getBytes(target: string, signal?: AbortSignal): Promise<Uint8Array> {
    const response = await this.get(target, signal)
    return new Uint8Array(await readBody(() => response.arrayBuffer()))
  }

  #deadline(ms: number): AbortSignal {
    return this.timing.deadline?.(ms) ?? AbortSignal.timeout(ms)
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
  return error instanceof Unreachable || (error instanceof Refused && (error.status === 429 || error.status >= 500))
}

/** A body that breaks off is an answer that did not arrive. */
export async function readBody<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (cause) {
    throw new Unreachable('the answer broke off or is not what it says', cause)
  }
}

async function failure(node: string, response: Response): Promise<Error> {
  try {
    const { error, id } = (await response.json()) as { readonly error: RefusalBody; readonly id?: string }
    if (typeof error.name !== 'string' || typeof error.code !== 'number') throw new Error('no error body')
    const after = Number(response.headers.get('retry-after') ?? Number.NaN)
    return new Refused(response.status, error, id, Number.isFinite(after) ? after : undefined)
  } catch (cause) {
    return new Unreachable(`${node} answered ${response.status} with something else than this API`, cause)
  }
}
