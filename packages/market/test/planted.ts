import type { Effect, View } from '@dujiang/chain'
import { type Family, type Market, dujiangMarket, families } from '@dujiang/market'

type Spoil = (effects: readonly Effect[], view: View) => readonly Effect[]

/** The market with a mistake planted in one act or due: what it would do passes through `spoil`. */
export function planted(name: string, spoil: Spoil, seen: (view: View) => View = (view) => view): Market {
  let found = false
  const spoiled = families.map(
    (family): Family => ({
      ...family,
      acts: family.acts.map((act) => {
        if (act.name !== name) return act
        found = true
        return {
          ...act,
          decide(view, signed) {
            const decision = act.decide(seen(view), signed)
            return decision.accepted ? { accepted: true, effects: spoil(decision.effects, view) } : decision
          },
        } as typeof act
      }),
      dues: family.dues.map((due) => {
        if (due.name !== name) return due
        found = true
        return { ...due, fall: (view, key) => spoil(due.fall(seen(view), key), view) }
      }),
    }),
  )
  if (!found) throw new Error(`nothing is called ${name}`)
  return dujiangMarket(spoiled)
}

/** Changes the rows that the effects put into a table. */
export function rows<V>(table: { readonly name: string }, change: (row: V) => V): Spoil {
  return (effects) =>
    effects.map((effect) =>
      effect.kind === 'put' && effect.key.startsWith(`${table.name}/`)
        ? { ...effect, value: change(effect.value as V) as never }
        : effect,
    )
}

/** The same view a little earlier. */
export function earlier(view: View, byMs: number): View {
  return {
    height: view.height,
    timeMs: view.timeMs - byMs,
    previousTimeMs: 0,
    sha256: view.sha256,
    get: (key) => view.get(key),
    scan: (prefix) => view.scan(prefix),
  }
}
