import { accept, refuse as decline } from '@dujiang/chain'
import { type Of as Payload, compile, s } from '@dujiang/core/codec'
import { ROLES, defineAct } from '../kernel/index.ts'
import { keyFields } from './key-fields.ts'
import { mayManage, putKey, usableKey } from './keys.ts'
import { memberRefusals } from './refusals.ts'
import { keys, orgs } from './tables.ts'

const { refuse } = memberRefusals

const schema = s.object({
  org: s.id({ zh: '市场成员编号', en: 'The organisation’s id' }),
  key: keyFields,
})

/** A further key for an organisation. Refusals, in order: orgUnknown, notOwnKeys, keyUnusable, validityEmpty, keyExists. */
export const keyAdd = defineAct<Payload<typeof schema>>({
  name: 'members.key.add',
  version: 1,
  title: { zh: '登记密钥', en: 'Add a key' },
  schema: compile(schema),
  stage: 'registry',
  roles: ROLES,
  route: (_, org) => ({ stream: 'members', actor: org }),
  decide(view, { org: signer, payload }) {
    const { org, key } = payload
    if (orgs.get(view, org) === undefined) return decline(refuse.orgUnknown({ org }))
    if (!mayManage(view, signer, org)) return decline(refuse.notOwnKeys({ signer, org }))
    const usable = usableKey(view, key)
    if ('code' in usable) return decline(usable)
    if (keys.get(view, org, usable.id) !== undefined) return decline(refuse.keyExists({ org, key: usable.id }))
    return accept(putKey(org, usable.id, key), { kind: 'event', name: 'keyAdded', data: { org, key: usable.id } })
  },
})
