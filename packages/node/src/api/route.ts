import type { Answer } from './answer.ts'
import type { Form } from './openapi/forms.ts'
import type { Problem } from './problem.ts'
import type { Param, Query } from './query.ts'
import type { Viewer } from './viewer.ts'

export interface Words {
  readonly zh: string
  readonly en: string
}

/** A request as a route sees it. */
export interface Ask {
  readonly params: { readonly [name: string]: string }
  readonly query: Query
  readonly viewer: Viewer
  /** Where it comes from: each address has its share of what is scarce. */
  readonly address: string
  /** Empty where there is none. */
  readonly body: Uint8Array
}

export interface RouteBody {
  readonly type: 'application/json' | 'application/x-ndjson'
  readonly bytesMax: number
  /** It holds many acts, not one. */
  readonly many: boolean
  readonly schema: string
  /** Does it matter who asks, as with what is read? */
  readonly signed?: boolean
}

/** An answer that is no problem: what it says, and the name of its form in the OpenAPI page. */
export interface Shown {
  readonly says: string
  readonly schema: string
  /** JSON unless told. */
  readonly type?: string
}

/** What the OpenAPI page says of a route. */
export interface RouteWords {
  readonly method: 'GET' | 'POST'
  /** Path with parameters in braces; the last may end in `+` and then takes slashes. */
  readonly path: string
  readonly title: Words
  readonly params: readonly Param[]
  readonly body?: RouteBody
  /** By status: a form where there is one; the others are problems. */
  readonly answers: { readonly [status: number]: string | Shown }
  /** Forms that its answers name, beside those of all nodes. */
  readonly forms?: { readonly [name: string]: Form }
}

/** One door of the API: the server serves what stands here and the OpenAPI page says the same. */
export interface Route extends RouteWords {
  /** Pages of others are not answered, whatever the browser. Rule API-36. */
  readonly ownPagesOnly?: true
  handle(ask: Ask): Answer | Problem | Promise<Answer | Problem>
}
