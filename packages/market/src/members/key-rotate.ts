import { accept, refuse as decline } from '@dujiang/chain'
import { type Of as Payload, compile, s } from '@dujiang/core/codec'
import { ROLES, defineAct } from '../kernel/index.ts'
import { keyFields } from './key-fields.ts'
import { isLive, putKey, usableKey } from './keys.ts'
import { memberRefusals } from './refusals.ts'
import { keys } from './tables.ts'

const { refuse } = memberRefusals

const schema = s.object({
  old: s.hex(16, { zh: '旧密钥编号', en: 'Id of the key that ends' }),
  next: keyFields,
})

/**
 * One key ends and another takes its place in one act, so that there is no moment with neither. The signer's own
 * organisation only. Refusals, in order: keyUnknown, keyEnded, keyUnusable, validityEmpty, keyExists, keyNotLiveYet.
 */
export const keyRotate = defineAct<Payload<typeof schema>>({
  name: 'members.key.rotate',
  version: 1,
  title: { zh: '更换密钥', en: 'Rotate a key' },
  schema: compile(schema),
  stage: 'registry',
  roles: ROLES,
  route: (_, org) => ({ stream: 'members', actor: org }),
  decide(view, { org, payload }) {
    const old = keys.get(view, org, payload.old)
    if (old === undefined) return decline(refuse.keyUnknown({ org, key: payload.old }))
    if (old.untilMs <= view.timeMs) return decline(refuse.keyEnded({ key: payload.old, untilMs: old.untilMs }))
    const usable = usableKey(view, payload.next)
    if ('code' in usable) return decline(usable)
    if (keys.get(view, org, usable.id) !== undefined) return decline(refuse.keyExists({ org, key: usable.id }))
    const { fromMs, untilMs } = payload.next
    if (!isLive(payload.next, view.timeMs)) {
      return decline(refuse.keyNotLiveYet({ fromMs, untilMs, timeMs: view.timeMs }))
    }
    return accept(
      keys.put({ ...old, untilMs: view.timeMs }, org, payload.old),
      putKey(org, usable.id, payload.next, view.timeMs),
      {
        kind: 'event',
        name: 'keyRotated',
        data: { org, old: payload.old, next: usable.id },
      },
    )
  },
})
