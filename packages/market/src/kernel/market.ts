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
import { checkFamilies } from './check-families.ts'
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
  /** Are there rows now that may not even be recognised by their hashes, beside those a proof is asked for? */
  holdsSecrets(view: View): boolean
}

export const kernelRefusals = refusals({
  roleNeeded: {
    code: 101,
    zh: '本操作须由以下角色办理：{roles}；{org}不具备',
    en: 'This act is for the roles {roles}; {org} has none of them',
    retry: false,
  },
})

/** The Application of these families. Throws when they do not fit together (FAMILY-3). */
export function market(name: string, foundation: Foundation, families: readonly Family[]): Market {
  checkFamilies(families)
  const bound = families.map((family) => bind(family, foundation))
  const acts = new Map(bound.flatMap((each) => each.acts))
  const definitions = new Map(bound.flatMap((each) => each.definitions))
  const dues = new Map(bound.flatMap((each) => each.dues))
  const invariants = bound.flatMap((each) => each.invariants)
  const byName = new Map(families.map((family) => [family.name, family] as const))
  const sentences = new Map<string, Sentence>(
    [kernelRefusals, ...families.map((family) => family.refusals as Refusals)].flatMap((group) =>
      // oxlint-disable-next-line dujiang/stated-order -- they are looked up by name, in no order
      Object.entries(group.sentences),
    ),
  )

  return {
    name,
    families,
    ...keeperOfValidators(families),
    acts: families.flatMap((family) => family.acts),
    act: (actName, version) => definitions.get(actKey(actName, version)),
    key: (view, org, keyId) => foundation.key(view, org, keyId),
    actsPerMinuteMax: (view) => foundation.actsPerMinuteMax(view),
    fallDue(view, wake) {
      const fall = dues.get(wake.name)
      if (fall === undefined) throw new Defect('FAMILY-7', `nothing is called ${wake.name}`)
      return fall(view, wake.key)
    },
    initialise(section, sha256) {
      const sections = section as { readonly [family: string]: Json }
      for (const given of Object.keys(sections).sort(byCodeUnit)) {
        if (byName.get(given)?.initialise === undefined) throw new Error(`genesis: /app/state/${given} is not known`)
      }
      return families.flatMap((family): readonly Effect[] => {
        if (family.initialise === undefined) return []
        const own = sections[family.name]
        if (own === undefined) throw new Error(`genesis: /app/state/${family.name} missing`)
        return demandOwn(family, family.initialise(own, sha256))
      })
    },
    checkInvariants(view, written) {
      for (const key of written) {
        const table = tableOfKey(key)
        for (const { over, check } of invariants) if (over.includes(table)) check(view, key)
      }
    },
    sentence: (refusal) => sentences.get(refusal),
    actReaders: (view, actName, version, signed) => acts.get(actKey(actName, version))?.readers?.(view, signed),
    rowReaders: (view, key) => byName.get(key.slice(0, key.indexOf('/')))?.rowReaders?.(view, key),
    holdsSecrets: (view) => families.some((family) => family.holdsSecrets?.(view) === true),
  }
}

/** What the family that keeps the validators does for the chain; nothing where none does. Rule VAL-1. */
function keeperOfValidators(families: readonly Family[]): Pick<Application, 'validators' | 'misbehaved'> {
  const family = families.find((each) => each.validators !== undefined)
  if (family?.validators === undefined) return {}
  const { validators } = family
  const see = (view: View) => new FamilyView(view, family.name, readableBy(family))
  return {
    validators: {
      prefix: validators.prefix,
      read: (view) => validators.read(see(view)),
      seat: (view, founders) => demandOwn(family, validators.seat(see(view), founders)),
    },
    misbehaved: (view, misbehaviour) => demandOwn(family, family.misbehaved?.(see(view), misbehaviour) ?? []),
  }
}

/** A family's acts, dues and invariants, each held to what the family has declared. */
function bind(family: Family, foundation: Foundation) {
  const readable = readableBy(family)
  const see = (view: View) => new FamilyView(view, family.name, readable)
  return {
    acts: family.acts.map((act) => [actKey(act.name, act.version), act] as const),
    definitions: family.acts.map((act) => [actKey(act.name, act.version), definitionOf(act)] as const),
    dues: family.dues.map(
      (due) => [due.name, (view: View, key: string) => demandOwn(family, due.fall(see(view), key))] as const,
    ),
    invariants: family.invariants.map((invariant) => ({
      over: invariant.over,
      check: (view: View, key: string): void => {
        const wrong = invariant.broken(see(view), key)
        if (wrong !== undefined) throw new Defect(invariant.name, wrong)
      },
    })),
  }

  function definitionOf(act: AnyAct): ActDefinition {
    return {
      name: act.name,
      version: act.version,
      stage: act.stage,
      explain: (payload) => act.schema.explain(payload),
      route: (payload, org) => act.route(payload, org),
      permit(view, signed) {
        const { org } = signed
        const roles = foundation.roles(view, org)
        if (act.roles.some((role) => roles.includes(role))) return act.admits?.(see(view), signed)
        return kernelRefusals.refuse.roleNeeded({ roles: act.roles.join(', '), org })
      },
      decide(view, signed) {
        const decision = act.decide(see(view), signed)
        return decision.accepted ? accept(...demandOwn(family, decision.effects)) : decision
      },
      deadlineMs: (view, signed) => act.deadlineMs?.(see(view), signed),
    }
  }
}

const actKey = (name: string, version: number): string => `${name}@${version}`
const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
