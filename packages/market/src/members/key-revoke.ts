import { accept, refuse as decline } from '@dujiang/chain'
import { type Of as Payload, compile, s } from '@dujiang/core/codec'
import { ROLES, defineAct } from '../kernel/index.ts'
import { isLive, mayManage } from './keys.ts'
import { memberRefusals } from './refusals.ts'
import { keys, orgs } from './tables.ts'

const { refuse } = memberRefusals

const schema = s.object({
  org: s.id({ zh: '市场成员编号', en: 'The organisation’s id' }),
  key: s.hex(16, { zh: '密钥编号', en: 'Id of the key' }),
})

/**
 * A key ends now; acts it has signed stay valid. An organisation may not revoke its own last live key and lock itself
 * out; who may admit it may. Refusals, in order: orgUnknown, notOwnKeys, keyUnknown, keyEnded, lastKey.
 */
export const keyRevoke = defineAct<Payload<typeof schema>>({
  name: 'members.key.revoke',
  version: 1,
  title: { zh: '撤销密钥', en: 'Revoke a key' },
  schema: compile(schema),
  stage: 'registry',
  roles: ROLES,
  route: (_, org) => ({ stream: 'members', actor: org }),
  decide(view, { org: signer, payload }) {
    const { org, key } = payload
    if (orgs.get(view, org) === undefined) return decline(refuse.orgUnknown({ org }))
    if (!mayManage(view, signer, org)) return decline(refuse.notOwnKeys({ signer, org }))
    const record = keys.get(view, org, key)
    if (record === undefined) return decline(refuse.keyUnknown({ org, key }))
    if (record.untilMs <= view.timeMs) return decline(refuse.keyEnded({ key, untilMs: record.untilMs }))
    const otherLive = [...keys.entries(view, org)].some(([id, other]) => id !== key && isLive(other, view.timeMs))
    if (!otherLive && signer === org) return decline(refuse.lastKey({ org }))
    return accept(keys.put({ ...record, untilMs: view.timeMs }, org, key), {
      kind: 'event',
      name: 'keyRevoked',
      data: { org, key },
    })
  },
})
