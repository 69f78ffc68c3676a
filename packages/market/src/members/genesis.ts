import type { Effect } from '@dujiang/chain'
import { type Json, type Of, compile, s } from '@dujiang/core/codec'
import type { Hash } from '@dujiang/core/crypto'
import { ROLES, type Role } from '../kernel/index.ts'
import { keyFields } from './key-fields.ts'
import { putKey, usableKey } from './keys.ts'
import { admissions, orgs } from './tables.ts'

const founderSchema = s.object({
  org: s.id(),
  name: s.text(100),
  roles: s.list(s.enumOf([...ROLES]), { min: 1, max: 3 }),
  keys: s.list(keyFields, { min: 1, max: 8 }),
})

const sectionSchema = s.object({
  founders: s.list(founderSchema, { min: 1, max: 100 }),
  admits: s.list(
    s.object({ role: s.enumOf([...ROLES]), admits: s.list(s.enumOf([...ROLES]), { min: 0, max: ROLES.length }) }),
    { min: 1, max: ROLES.length },
  ),
})

const section = compile(sectionSchema)
export type MembersGenesis = Of<typeof sectionSchema>

/** The founders, their keys, and who may admit whom. Throws, naming the place, on what an act would be refused for. */
export function initialiseMembers(given: Json, sha256: Hash): readonly Effect[] {
  const problem = section.explain(given)
  if (problem !== undefined) throw new Error(`genesis: /app/state/members${problem.path} ${problem.rule}`)
  const { founders, admits } = given as unknown as MembersGenesis
  const effects: Effect[] = []
  const taken = new Set<string>()
  const put = (at: string, effect: Extract<Effect, { kind: 'put' }>): void => {
    if (taken.has(effect.key)) throw new Error(`genesis: /app/state/members${at} is there twice`)
    taken.add(effect.key)
    effects.push(effect)
  }
  for (const [index, { org, name, roles, keys }] of founders.entries()) {
    const at = `/founders/${index}`
    put(at, orgs.put({ name, roles: roles as readonly Role[], admittedBy: 'genesis', sinceMs: 0 }, org))
    for (const [position, fields] of keys.entries()) {
      const usable = usableKey({ sha256 }, fields)
      if ('code' in usable) throw new Error(`genesis: /app/state/members${at}/keys/${position} ${usable.name}`)
      put(`${at}/keys/${position}`, putKey(org, usable.id, fields, 0))
    }
  }
  for (const [index, { role, admits: admitted }] of admits.entries()) {
    put(`/admits/${index}`, admissions.put(admitted as readonly Role[], role))
  }
  return effects
}
