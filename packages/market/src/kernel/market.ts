import {
  type ActDefinition,
  type Application,
  Defect,
  type Effect,
  type KeyRecord,
  type Signed,
  type View,
  accept,
} from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'
import type { AnyAct } from './act.ts'
import type { Family } from './family.ts'
import { FamilyView, demandOwn, readableBy } from './family-view.ts'
import type { Role } from './roles.ts'
import { type Refusals, type Sentence, refusals } from './refusals.ts'
import { tableOfKey } from './table.ts'

/** What the kernel must know of the members and of the rules, whatever family keeps them. */
export interface Foundation {
  key(view: View, org: string, keyId: string): KeyRecord | undefined
  roles(view: View, org: string): readonly Role[]
  actsPerMinuteMax(view: View): number
}

/** An Application made of families, with what its doors and pages need to know about them. */
export interface Market extends Application {
  readonly families: readonly Family[]
  readonly acts: readonly AnyAct[]
  sentence(refusalName: string): Sentence | undefined
  /** The only organisations that may see a transaction and its receipt now, when not everyone may. */
  actReaders(view: View, name: string, version: number, signed: Signed): readonly string[] | undefined
  /** The same for a row of the state. */
  rowReaders(view: View, key: string): readonly string[] | undefined
}

export const kernelRefusals = refusals({
  roleNeeded: {
    code: 101,
    zh: '本操作须由以下角色办理：{roles}；{org}不具备',
    en: 'This act is for the roles {roles}; {org} has none of them',
    retry: false,
  },
})

export function market(name: string, foundation: Foundation, families: readonly Family[]): Market {
  const bound = families.map(bindFamily)
  const acts = new Map(bound.flatMap(({ acts }) => acts.map((act) => [`${act.name}@${act.version}`, act] as const)))
  const dues = new Map(bound.flatMap(({ dues }) => dues))
  const families_ = new Map(families.map((family) => [family.name, family] as const))
  const sentences = new Map<string, Sentence>()
  const codes = new Map<number, string>()
  const groups: readonly Refusals[] = [kernelRefusals, ...families.map((family) => family.refusals)]
  for (const { sentences: group } of groups) {
    for (const refusal of Object.keys(group).sort(byCodeUnit)) {
      const sentence = group[refusal] as Sentence
      const other = codes.get(sentence.code)
      if (other !== undefined || sentences.has(refusal))
        throw new Error(`refusal ${refusal} (${sentence.code}) is taken`)
      codes.set(sentence.code, refusal)
      sentences.set(refusal, sentence)
    }
  }

  function permit(act: AnyAct, view: View, signed: Signed) {
    const roles = foundation.roles(view, signed.org)
    if (act.roles.some((role) => roles.includes(role))) return undefined
    return kernelRefusals.refuse.roleNeeded({ roles: act.roles.join(', '), org: signed.org })
  }

  function bindFamily(family: Family) {
    const readable = readableBy(family)
    const owned = new Set(family.owns.map((each) => each.name))
    const see = (view: View) => new FamilyView(view, family.name, readable)
    return {
      acts: family.acts.map(
        (act): ActDefinition => ({
          name: act.name,
          version: act.version,
          stage: act.stage,
          explain: (payload) => act.schema.explain(payload),
          route: (payload, org) => act.route(payload, org),
          permit: (view, signed) => permit(act, view, signed),
          decide(view, signed) {
            const decision = act.decide(see(view), signed)
            return decision.accepted ? accept(...demandOwn(family, owned, decision.effects)) : decision
          },
        }),
      ),
      dues: family.dues.map(
        (due) => [due.name, (view: View, key: string) => demandOwn(family, owned, due.fall(see(view), key))] as const,
      ),
    }
  }

  return {
    name,
    families,
    acts: families.flatMap((family) => family.acts),
    act: (actName, version) => acts.get(`${actName}@${version}`),
    key: (view, org, keyId) => foundation.key(view, org, keyId),
    actsPerMinuteMax: (view) => foundation.actsPerMinuteMax(view),
    fallDue(view, wake) {
      const fall = dues.get(wake.name)
      if (fall === undefined) throw new Defect('DUE-1', `nothing is called ${wake.name}`)
      return fall(view, wake.key)
    },
    initialise(section, sha256) {
      const sections = section as { readonly [family: string]: Json }
      for (const given of Object.keys(sections).sort(byCodeUnit)) {
        if (families_.get(given)?.initialise === undefined) throw new Error(`genesis: /app/state/${given} is not known`)
      }
      return families.flatMap((family): readonly Effect[] => {
        const own = sections[family.name]
        return own === undefined || family.initialise === undefined ? [] : family.initialise(own, sha256)
      })
    },
    checkInvariants(view, written) {
      for (const key of written) {
        const name = tableOfKey(key)
        for (const family of families) {
          for (const invariant of family.invariants) {
            if (!invariant.over.includes(name)) continue
            const wrong = invariant.broken(view, key)
            if (wrong !== undefined) throw new Defect(invariant.name, wrong)
          }
        }
      }
    },
    sentence: (refusal) => sentences.get(refusal),
    actReaders(view, actName, version, signed) {
      const act = families
        .flatMap((family) => family.acts)
        .find((each) => each.name === actName && each.version === version)
      return act?.readers?.(view, signed)
    },
    rowReaders(view, key) {
      return families_.get(key.slice(0, key.indexOf('/')))?.rowReaders?.(view, key)
    },
  }
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
