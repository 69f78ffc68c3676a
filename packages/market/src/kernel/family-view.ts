import { Defect, type Effect, type View } from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'
import type { Family } from './family.ts'
import { tableOfKey } from './table.ts'

/** What a family can see: the tables it owns and those it has declared. Reading another is a defect. Rule FAMILY-1. */
export class FamilyView implements View {
  readonly #view: View
  readonly #family: string
  readonly #readable: ReadonlySet<string>

  constructor(view: View, family: string, readable: ReadonlySet<string>) {
    this.#view = view
    this.#family = family
    this.#readable = readable
  }

  get height(): number {
    return this.#view.height
  }

  get timeMs(): number {
    return this.#view.timeMs
  }

  get sha256() {
    return this.#view.sha256
  }

  get(key: string): Json | undefined {
    this.#demand(key)
    return this.#view.get(key)
  }

  scan(prefix: string): Iterable<readonly [string, Json]> {
    this.#demand(prefix)
    return this.#view.scan(prefix)
  }

  #demand(key: string): void {
    if (this.#readable.has(tableOfKey(key))) return
    throw new Defect('FAMILY-1', `${this.#family} reads ${tableOfKey(key)}, which it has not declared`)
  }
}

export function readableBy(family: Family): ReadonlySet<string> {
  return new Set([...family.owns.map(({ name }) => name), ...family.reads])
}

/** A family writes its own tables only. Rule FAMILY-2. */
export function demandOwn(family: Family, owned: ReadonlySet<string>, effects: readonly Effect[]): readonly Effect[] {
  for (const effect of effects) {
    if ((effect.kind === 'put' || effect.kind === 'drop') && !owned.has(tableOfKey(effect.key))) {
      throw new Defect('FAMILY-2', `${family.name} writes ${tableOfKey(effect.key)}, which it does not own`)
    }
  }
  return effects
}
