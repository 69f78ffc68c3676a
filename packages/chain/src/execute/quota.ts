import type { Application, View } from '../application.ts'
import type { Overlay } from '../state/overlay.ts'
import { minuteOf } from '../state/seen.ts'

/** One row for all organisations: a leaf for each would cost every block as many leaves as it has organisations. */
type Row = { readonly acts: readonly (readonly [org: string, acts: number])[]; readonly minute: number }

const QUOTA_KEY = 'chain/quota/minute'

/** How many acts each organisation has executed in the minute of a view's time. Rule QUOTA-1. */
export class Quotas {
  readonly #minute: number
  readonly #acts: Map<string, number>
  #taken = false

  constructor(view: View) {
    this.#minute = minuteOf(view.timeMs)
    const row = view.get(QUOTA_KEY) as Row | undefined
    this.#acts = new Map(row?.minute === this.#minute ? row.acts : [])
  }

  /** How many more acts of `org` may be executed in this minute; not negative. */
  left(app: Application, view: View, org: string): number {
    return Math.max(0, app.actsPerMinuteMax(view, org) - (this.#acts.get(org) ?? 0))
  }

  /** Counts one act of `org`, unless its quota is used up. */
  take(app: Application, view: View, org: string): boolean {
    if (this.left(app, view, org) === 0) return false
    this.#acts.set(org, (this.#acts.get(org) ?? 0) + 1)
    this.#taken = true
    return true
  }

  /** Puts the counts of this minute in the place of those before. */
  remember(overlay: Overlay): void {
    if (!this.#taken) return
    const acts = [...this.#acts].sort(([a], [b]) => (a < b ? -1 : 1))
    overlay.put(QUOTA_KEY, { acts, minute: this.#minute })
  }
}
