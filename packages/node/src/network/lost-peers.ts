/** What a look changed: who has been missing for too long by now, and who of those is back. */
export interface PeerNews {
  readonly lost: readonly string[]
  readonly back: readonly string[]
}

/**
 * Remembers which peers are missing and since when. While the height moves without them nothing is wrong with this node,
 * but somebody should know before the next one is missing too. Rule STILL-5.
 */
export class LostPeers {
  readonly #limitMs: number
  #missing = new Map<string, { readonly sinceMs: number; readonly told: boolean }>()

  constructor(limitMs: number) {
    this.#limitMs = limitMs
  }

  /** Names of those who were missing at the last look. */
  get missing(): readonly string[] {
    return [...this.#missing.keys()]
  }

  /** Takes down who is missing at `nowMs` of a clock that never goes back. */
  see(missing: readonly string[], nowMs: number): PeerNews {
    const before = this.#missing
    const lost: string[] = []
    this.#missing = new Map(
      missing.map((name) => {
        const { sinceMs, told } = before.get(name) ?? { sinceMs: nowMs, told: false }
        const isLost = nowMs - sinceMs >= this.#limitMs
        if (isLost && !told) lost.push(name)
        return [name, { sinceMs, told: isLost }]
      }),
    )
    const back = [...before].filter(([name, { told }]) => told && !this.#missing.has(name)).map(([name]) => name)
    return { lost, back }
  }
}
