import { type Refusal, accept, refuse as decline } from '@dujiang/chain'
import { compile } from '@dujiang/core/codec'
import { defineAct } from '../kernel/index.ts'
import { rulesNow } from '../rules/index.ts'
import { gateOf } from './gate-wake.ts'
import { mayBeAnnounced, noticeOf } from './notice-check.ts'
import { type NoticePayload, noticeSchema } from './notice-fields.ts'
import { FirstProblem } from './problems.ts'
import { loads, sequences, sessions, tallies } from './tables.ts'

/**
 * A session is announced; everything a bidder must know is fixed here.
 * Refusals, in order: sessionExists, sequenceUnknown, sequenceNotYours, noticeTimes, gateTooFar, noticeDelivery,
 * noticeLimits, noticeTick, noticeRule (priceRule, tieRule, stepsMax), noticeK.
 */
export const sessionAnnounce = defineAct<NoticePayload>({
  name: 'auction.session.announce',
  version: 1,
  title: { zh: '发布交易公告', en: 'Announce a session' },
  schema: compile(noticeSchema),
  stage: 'registry',
  roles: ['exchange'],
  route: (_, org) => ({ stream: 'auction', actor: org }),
  decide(view, { org, payload }) {
    const { session } = payload
    const facts = {
      timeMs: view.timeMs,
      org,
      taken: sessions.get(view, session) !== undefined,
      sequence: sequences.get(view, payload.sequence),
      rules: rulesNow(view),
    }
    const problems = new FirstProblem()
    if (!mayBeAnnounced(facts, payload, problems)) return decline(problems.found as Refusal)
    const notice = noticeOf(payload)
    return accept(
      sessions.put({ ...notice, org, status: 'announced' }, session),
      tallies.put({ invited: 0, submitted: 0 }, session),
      loads.put({ lastPlace: 0, liveSteps: 0, limitsWh: 0 }, session),
      { kind: 'wake', wake: gateOf(session, notice.gateMs) },
      { kind: 'event', name: 'sessionAnnounced', data: { session, name: notice.name, gateMs: notice.gateMs } },
    )
  },
})
