import type { Effect } from '@dujiang/chain'
import { type Json, type Of, compile, s } from '@dujiang/core/codec'
import { type Hash, type Scheme, fromHex, keyId } from '@dujiang/core/crypto'
import { ROLES, type Role } from '../kernel/index.ts'
import { keyFields } from './key-fields.ts'
import { type OrgKey, admissions, keys, orgs } from './tables.ts'

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

/** The founders, their keys, and who may admit whom. */
export function initialiseMembers(given: Json, sha256: Hash): readonly Effect[] {
  const problem = section.explain(given)
  if (problem !== undefined) throw new Error(`genesis: /app/state/members${problem.path} ${problem.rule}`)
  const { founders, admits } = given as unknown as MembersGenesis
  return [
    ...founders.flatMap((founder) => [
      orgs.put(
        { name: founder.name, roles: founder.roles as readonly Role[], admittedBy: 'genesis', sinceMs: 0 },
        founder.org,
      ),
      ...founder.keys.map((key) => {
        const id = keyId(sha256, key.scheme as Scheme, fromHex(key.publicKey))
        return keys.put({ ...key } as OrgKey, founder.org, id)
      }),
    ]),
    ...admits.map((rule) => admissions.put(rule.admits as readonly Role[], rule.role)),
  ]
}
