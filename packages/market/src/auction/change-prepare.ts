import { accept, refuse as decline } from '@dujiang/chain'
import { type Of, compile, s } from '@dujiang/core/codec'
import { defineAct } from '../kernel/index.ts'
import { changeRefusal } from './change-check.ts'
import { changeFields } from './change-fields.ts'
import { preparedChanges } from './change-tables.ts'
import { changeDigest } from './digests.ts'
import { auctionRefusals } from './refusals.ts'
import { sessions } from './tables.ts'

const { refuse } = auctionRefusals

const schema = s.object({
  session: s.id({ zh: '场次编号', en: 'Session id' }),
  change: changeFields,
  reason: s.text(500, { zh: '事由', en: 'Reason' }, 1),
})

/**
 * One person of the organiser prepares a postponement (延期) or that the session is void (作废); another approves it. Until then
 * it may be prepared anew, by whomever; it lapses when the session moves on. Refusals, in order: sessionUnknown,
 * notTheOrganiser, then {@link changeRefusal} tooLateToChange, postponeOpened, postponeEarlier, noticeTimes, gateTooFar,
 * noticeDelivery, postponeNothing.
 */
export const changePrepare = defineAct<Of<typeof schema>>({
  name: 'auction.change.prepare',
  version: 1,
  title: { zh: '拟定场次延期或作废', en: 'Prepare to postpone or void a session' },
  schema: compile(schema),
  stage: 'session',
  roles: ['exchange'],
  route: ({ session }, org) => ({ stream: `auction.${session}`, actor: org }),
  decide(view, { org, person, payload }) {
    const { session, change, reason } = payload
    const row = sessions.get(view, session)
    if (row === undefined) return decline(refuse.sessionUnknown({ session }))
    if (row.org !== org) return decline(refuse.notTheOrganiser({ session, organiser: row.org, org }))
    const wrong = changeRefusal(view, session, row, change)
    if (wrong !== undefined) return decline(wrong)
    const digest = changeDigest(view.sha256, payload)
    return accept(
      preparedChanges.put({ change, reason, digest, preparedBy: person, preparedMs: view.timeMs }, session),
      { kind: 'event', name: 'changePrepared', data: { session, kind: change.kind, change: digest } },
    )
  },
})
