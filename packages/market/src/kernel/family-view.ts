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

  get previousTimeMs(): number {
    return this.#view.previousTimeMs
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

/** A family writes its own tables, wakes what falls due to it, and ends its own streams. Rule FAMILY-2. */
export function demandOwn(family: Family, effects: readonly Effect[]): readonly Effect[] {
  for (const effect of effects) {
    const foreign = foreignTo(family, effect)
    if (foreign !== undefined) throw new Defect('FAMILY-2', `${family.name} touches ${foreign}, which is not its own`)
  }
  return effects
}

function foreignTo(family: Family, effect: Effect): string | undefined {
  switch (effect.kind) {
    case 'put':
    case 'drop': {
      const name = tableOfKey(effect.key)
      return family.owns.some((each) => each.name === name) ? undefined : name
    }
    case 'wake':
    case 'cancelWake':
      return family.dues.some(({ name }) => name === effect.wake.name) ? undefined : effect.wake.name
    case 'forgetStream':
      return effect.stream === family.name || effect.stream.startsWith(`${family.name}.`) ? undefined : effect.stream
    case 'event':
      return undefined
  }
}
