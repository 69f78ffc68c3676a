import { accept, refuse as decline } from '@dujiang/chain'
import { type Of, compile, s } from '@dujiang/core/codec'
import { defineAct } from '../kernel/index.ts'
import { type OrgKey, keys } from '../members/index.ts'
import { changeRefusal } from './change-check.ts'
import { annul, postpone } from './change-make.ts'
import { changeKey, changes, preparedChanges } from './change-tables.ts'
import { auctionRefusals } from './refusals.ts'
import { sessions } from './tables.ts'

const { refuse } = auctionRefusals

const schema = s.object({
  session: s.id({ zh: '场次编号', en: 'Session id' }),
  change: s.hex(32, { zh: '所批准变更的摘要', en: 'Digest of the change that is approved' }),
})

/**
 * Another person of the organiser approves what was prepared, and it is done. The key must be older than what was prepared,
 * as for a bulletin. What stood against it when it was prepared may stand against it now. Refusals, in order: sessionUnknown,
 * notTheOrganiser, changeMissing, changeDiffers, changeSamePerson, changeKeyTooNew, then {@link changeRefusal}
 * postponeOpened, postponeEarlier, postponeNothing.
 */
export const changeApprove = defineAct<Of<typeof schema>>({
  name: 'auction.change.approve',
  version: 1,
  title: { zh: '批准场次延期或作废', en: 'Approve that a session is postponed or void' },
  schema: compile(schema),
  stage: 'session',
  roles: ['exchange'],
  route: ({ session }, org) => ({ stream: `auction.${session}`, actor: org }),
  decide(view, { org, key, person, payload }) {
    const { session } = payload
    const row = sessions.get(view, session)
    if (row === undefined) return decline(refuse.sessionUnknown({ session }))
    if (row.org !== org) return decline(refuse.notTheOrganiser({ session, organiser: row.org, org }))
    const prepared = preparedChanges.get(view, session)
    if (prepared === undefined) return decline(refuse.changeMissing({ session }))
    const { change, digest, preparedBy, preparedMs } = prepared
    if (digest !== payload.change) return decline(refuse.changeDiffers({ given: payload.change, change: digest }))
    if (preparedBy === person) return decline(refuse.changeSamePerson({ person }))
    const { sinceMs } = keys.get(view, org, key) as OrgKey
    if (sinceMs >= preparedMs) return decline(refuse.changeKeyTooNew({ key, sinceMs, preparedMs }))
    const wrong = changeRefusal(view, session, row, change)
    if (wrong !== undefined) return decline(wrong)

    const { status, opensMs, gateMs, deliveryFrom, deliveryTo } = row
    const before = { status, opensMs, gateMs, deliveryFrom, deliveryTo }
    const number = [...changes.rows(view, session)].length + 1
    return accept(
      preparedChanges.drop(session),
      changes.put({ ...prepared, approvedBy: person, approvedMs: view.timeMs, before }, session, changeKey(number)),
      ...(change.kind === 'postpone' ? postpone(session, row, change, prepared) : annul(view, session, row, prepared)),
    )
  },
})
