import type { Fetch, Timing } from '../src/index.ts'

/** What a node does with a request. */
export type Scripted =
  | 'lost'
  /** Nobody listens there, as far as Node says. */
  | 'down'
  | 'brokenOff'
  | 'proxyPage'
  /** No answer for as long as one waits. */
  | 'hang'
  | { readonly status: number; readonly body?: unknown; readonly text?: string; readonly retryAfter?: number }
  | { readonly stream: readonly string[]; readonly last: 'end' | 'breakOff' | 'stay' }

type Json = { readonly status: number; readonly body: unknown; readonly retryAfter?: number }

export function committed(over: object = {}): Json {
  const receipt = {
    act: 'a.b',
    code: 0,
    events: '',
    height: 1,
    id: 'f'.repeat(64),
    index: 0,
    kind: 'act',
    time: 1,
    v: 1,
  }
  return { status: 200, body: { state: 'committed', id: receipt.id, receipt, events: [], ...over } }
}

/** The receipt of the act with this id. */
export function committedAs(id: string): Json {
  const { body } = committed() as { readonly body: { readonly receipt: object } }
  return committed({ id, receipt: { ...body.receipt, id } })
}

/** A node's promise for the act with this id. */
export function accepted(id: string): Json {
  const intake = { chain: 'c'.repeat(64), height: 1, id, kind: 'accepted', node: '', signature: '', withinSeconds: 120 }
  return { status: 202, body: { state: 'accepted', id, intake } }
}

export function refusal(status: number, name: string, retryAfter?: number): Json {
  const facts = retryAfter === undefined ? {} : { retryAfterSeconds: retryAfter }
  const body = { error: { code: 1, name, facts, zh: '', en: '', retry: false }, id: 'f'.repeat(64) }
  return { status, body, ...(retryAfter === undefined ? {} : { retryAfter }) }
}

/** Nodes that answer as scripted, one request after the other, and a clock that moves by sleeping. */
export class FakeNodes {
  readonly asked: { readonly url: string; readonly body?: Uint8Array; readonly headers: Record<string, string> }[] = []
  readonly slept: number[] = []
  /** How long it waited in vain for nodes that hang. */
  readonly waited: number[] = []
  onAsked: (count: number) => unknown = () => {}
  readonly #script: Scripted[]
  #nowMs: number

  constructor(startMs: number, script: readonly Scripted[]) {
    this.#nowMs = startMs
    this.#script = [...script]
  }

  /** A long sleep is a watch over silence: it lasts until it is given up. */
  readonly timing: Timing = {
    nowMs: () => this.#nowMs,
    sleep: async (ms, signal) => {
      if (ms > 30_000) return new Promise((resolve) => signal?.addEventListener('abort', () => resolve()))
      this.slept.push(ms)
      this.#nowMs += ms
    },
    deadline: (ms) => {
      const end = new AbortController()
      this.#patience = { ms, end }
      return end.signal
    },
  }
  #patience: { readonly ms: number; readonly end: AbortController } | undefined

  /** The time passes that whoever asked last was ready to wait. */
  async #hangUp(): Promise<void> {
    const { ms, end } = this.#patience ?? { ms: 0, end: new AbortController() }
    this.waited.push(ms)
    this.#nowMs += ms
    end.abort()
  }

  readonly fetch: Fetch = async (input, init) => {
    const { body, headers, signal } = init ?? {}
    const url = String(input as string)
    this.asked.push({
      url,
      headers: headers as Record<string, string>,
      ...(body instanceof Uint8Array ? { body } : {}),
    })
    this.onAsked(this.asked.length)
    signal?.throwIfAborted()
    const scripted = this.#script.shift()
    if (scripted === undefined) throw new Error(`nothing is scripted for request ${this.asked.length} to ${url}`)
    if (scripted === 'hang') {
      await this.#hangUp()
      throw new DOMException('it took too long', 'TimeoutError')
    }
    if (scripted === 'lost') throw new TypeError('fetch failed')
    if (scripted === 'down') throw new TypeError('fetch failed', { cause: notConnected() })
    if (scripted === 'brokenOff') return new Response('{"state":"comm', { status: 200 })
    if (scripted === 'proxyPage') return new Response('<html>Bad gateway</html>', { status: 502 })
    if ('stream' in scripted) return new Response(streamOf(scripted, signal), { status: 200 })
    const after = scripted.retryAfter === undefined ? {} : { 'retry-after': String(scripted.retryAfter) }
    return new Response(scripted.text ?? JSON.stringify(scripted.body), { status: scripted.status, headers: after })
  }
}

const notConnected = (): Error => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })

/** Rows of a bulk answer. */
export function lines(...rows: readonly Json[]): Scripted {
  const texts = rows.map(({ status, body }, row) => {
    const answer = status === 200 ? {} : { state: 'notTaken', status }
    return JSON.stringify({ row, ...answer, ...(body as object) })
  })
  return { status: 200, text: texts.join('\n') }
}

function streamOf(
  { stream, last }: Extract<Scripted, { stream: unknown }>,
  signal?: AbortSignal | null,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const chunks = [...stream]
  return new ReadableStream({
    start: (controller) => signal?.addEventListener('abort', () => controller.error(signal.reason)),
    pull(controller) {
      const chunk = chunks.shift()
      if (chunk !== undefined) controller.enqueue(encoder.encode(chunk))
      else if (last === 'end') controller.close()
      else if (last === 'breakOff') controller.error(new Error('connection reset'))
    },
  })
}
