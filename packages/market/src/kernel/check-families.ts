import { ROLES } from './roles.ts'
import type { Family } from './family.ts'
import { tableOfKey } from './table.ts'

/**
 * Throws when families do not fit together, which is a mistake in the code of one of them, found as the node starts:
 * names begin with the family's, nothing is called twice, and a family reads only what another exports. Rule FAMILY-3.
 */
export function checkFamilies(families: readonly Family[]): void {
  const names = new Set<string>()
  const once = (kind: string, name: string): void => {
    const entry = `${kind} ${name}`
    if (names.has(entry)) throw new Error(`FAMILY-3: ${entry} is there twice`)
    names.add(entry)
  }
  const exported = new Set(families.flatMap((family) => family.exports))
  for (const family of families) {
    const named = (name: string, separator: '.' | '/'): void => {
      if (!name.startsWith(family.name + separator))
        throw new Error(`FAMILY-3: ${name} is not named for ${family.name}`)
    }
    once('family', family.name)
    for (const { name } of family.owns) {
      named(name, '/')
      once('table', name)
    }
    for (const { name, version, roles } of family.acts) {
      named(name, '.')
      once('act', `${name}@${version}`)
      for (const role of roles) if (!ROLES.includes(role)) throw new Error(`FAMILY-3: ${name} is for the role ${role}`)
    }
    for (const { name } of family.dues) {
      named(name, '.')
      once('due', name)
    }
    const own = new Set(family.owns.map(({ name }) => name))
    for (const name of family.exports) {
      if (!own.has(name)) throw new Error(`FAMILY-3: ${family.name} exports ${name}, which it does not own`)
    }
    for (const name of family.reads) {
      if (own.has(name) || !exported.has(name))
        throw new Error(`FAMILY-3: ${family.name} reads ${name}, which no other exports`)
    }
    const seen = new Set([...own, ...family.reads])
    for (const invariant of family.invariants) {
      once('invariant', invariant.name)
      for (const name of invariant.over) {
        if (!seen.has(name))
          throw new Error(`FAMILY-3: invariant ${invariant.name} is over ${name}, which ${family.name} cannot see`)
      }
    }
    if (family.validators !== undefined) {
      const name = tableOfKey(family.validators.prefix)
      if (!own.has(name)) throw new Error(`FAMILY-3: ${family.name} keeps validators in ${name}, which it does not own`)
      once('keeper', 'of validators')
    }
    const { sentences } = family.refusals
    for (const name of Object.keys(sentences).sort()) {
      once('refusal', name)
      once('refusal number', String(sentences[name]?.code))
    }
  }
}
