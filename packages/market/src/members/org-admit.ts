import { accept, refuse as decline } from '@dujiang/chain'
import { type Of as Payload, compile, s } from '@dujiang/core/codec'
import { ROLES, type Role, defineAct } from '../kernel/index.ts'
import { keyFields } from './key-fields.ts'
import { mayAdmit, putKey, usableKey } from './keys.ts'
import { memberRefusals } from './refusals.ts'
import { orgs } from './tables.ts'

const { refuse } = memberRefusals

const schema = s.object({
  org: s.id({ zh: '市场成员编号', en: 'The organisation’s id' }),
  name: s.text(100, { zh: '名称', en: 'Name' }),
  roles: s.list(s.enumOf([...ROLES]), { min: 1, max: 3 }, { zh: '角色', en: 'Roles' }),
  keys: s.list(keyFields, { min: 1, max: 8 }, { zh: '首批密钥', en: 'First keys' }),
})

/**
 * An organisation joins by the act of one that may admit its roles (the genesis file says who may admit whom).
 * Refusals, in order: orgExists, mayNotAdmit, keyUnusable, validityEmpty, keyExists.
 */
export const orgAdmit = defineAct<Payload<typeof schema>>({
  name: 'members.org.admit',
  version: 1,
  title: { zh: '接纳市场成员', en: 'Admit an organisation' },
  schema: compile(schema),
  stage: 'registry',
  roles: ['exchange', 'regulator', 'grid', 'dispatcher'],
  route: (_, org) => ({ stream: 'members', actor: org }),
  decide(view, { org: signer, payload }) {
    const { org, name, roles } = payload
    if (orgs.get(view, org) !== undefined) return decline(refuse.orgExists({ org }))
    for (const role of roles)
      if (!mayAdmit(view, signer, role)) return decline(refuse.mayNotAdmit({ org: signer, role }))
    const effects = []
    const ids = new Set<string>()
    for (const fields of payload.keys) {
      const usable = usableKey(view, fields)
      if ('code' in usable) return decline(usable)
      if (ids.has(usable.id)) return decline(refuse.keyExists({ org, key: usable.id }))
      ids.add(usable.id)
      effects.push(putKey(org, usable.id, fields, view.timeMs))
    }
    return accept(
      orgs.put({ name, roles: roles as readonly Role[], admittedBy: signer, sinceMs: view.timeMs }, org),
      ...effects,
      { kind: 'event', name: 'orgAdmitted', data: { org, name, roles } },
    )
  },
})
