import { accept, refuse as decline } from '@dujiang/chain'
import { type Of as Payload, compile, s } from '@dujiang/core/codec'
import { ROLES, defineAct } from '../kernel/index.ts'
import { keyFields } from './key-fields.ts'
import { liveKey, mayManage, putKey, usableKey } from './keys.ts'
import { memberRefusals } from './refusals.ts'
import { keys, orgs } from './tables.ts'

const { refuse } = memberRefusals

/** 72 hours, in which members can see that somebody is being given a key, and object. */
const RECOVERY_MS = 72 * 3_600_000

const schema = s.object({
  org: s.id({ zh: '市场成员编号', en: 'The organisation’s id' }),
  key: keyFields,
})

/**
 * A further key for the signer's own organisation; for another only when that one has no live key left, and not to begin
 * before 72 hours are over. Else who admits a member could sign in its name, and be both signatures where two are needed.
 * Refusals, in order: orgUnknown, notOwnKeys, hasLiveKey, keyUnusable, validityEmpty, keyExists, recoveryTooSoon.
 */
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
    const live = signer === org ? undefined : liveKey(view, org)
    if (live !== undefined) return decline(refuse.hasLiveKey({ org, key: live }))
    const usable = usableKey(view, key)
    if ('code' in usable) return decline(usable)
    if (keys.get(view, org, usable.id) !== undefined) return decline(refuse.keyExists({ org, key: usable.id }))
    const earliestMs = view.timeMs + RECOVERY_MS
    if (signer !== org && key.fromMs < earliestMs) {
      return decline(refuse.recoveryTooSoon({ org, fromMs: key.fromMs, earliestMs }))
    }
    return accept(putKey(org, usable.id, key, view.timeMs), {
      kind: 'event',
      name: 'keyAdded',
      data: { org, key: usable.id },
    })
  },
})
