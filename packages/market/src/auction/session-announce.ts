import { type Refusal, type View, accept, refuse as decline } from '@dujiang/chain'
import { compile } from '@dujiang/core/codec'
import { defineAct } from '../kernel/index.ts'
import { rulesNow } from '../rules/index.ts'
import { GATE_AFTER_MS_MAX } from './bounds.ts'
import { gateOf } from './gate-wake.ts'
import { type NoticePayload, noticeSchema } from './notice-fields.ts'
import { auctionRefusals } from './refusals.ts'
import { type Notice, loads, sequences, sessions, tallies } from './tables.ts'

const { refuse } = auctionRefusals
const STEPS_MAX_UNLESS_SAID = 3

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
    const { session, ...given } = payload
    const notice = { ...given, stepsMax: given.stepsMax ?? STEPS_MAX_UNLESS_SAID } as Notice
    const wrong = noticeRefusal(view, session, org, notice)
    if (wrong !== undefined) return decline(wrong)
    return accept(
      sessions.put({ ...notice, org, status: 'announced' }, session),
      tallies.put({ invited: 0, submitted: 0 }, session),
      loads.put({ lastPlace: 0, liveSteps: 0, limitsWh: 0 }, session),
      { kind: 'wake', wake: gateOf(session, notice.gateMs) },
      { kind: 'event', name: 'sessionAnnounced', data: { session, name: notice.name, gateMs: notice.gateMs } },
    )
  },
})

function noticeRefusal(view: View, session: string, org: string, notice: Notice): Refusal | undefined {
  const { sequence, opensMs, gateMs, deliveryFrom, deliveryTo, priceFloor, priceCap, tick } = notice
  if (sessions.get(view, session) !== undefined) return refuse.sessionExists({ session })
  const owner = sequences.get(view, sequence)?.org
  if (owner === undefined) return refuse.sequenceUnknown({ sequence })
  if (owner !== org) return refuse.sequenceNotYours({ sequence, owner, org })
  // Units are invited before a session opens, so one that is open at once could have none.
  if (opensMs <= view.timeMs || opensMs >= gateMs) return refuse.noticeTimes({ timeMs: view.timeMs, opensMs, gateMs })
  const latestMs = view.timeMs + GATE_AFTER_MS_MAX
  if (gateMs > latestMs) return refuse.gateTooFar({ gateMs, latestMs })
  if (deliveryFrom > deliveryTo) return refuse.noticeDelivery({ from: deliveryFrom, to: deliveryTo })
  const { name: rules, values } = rulesNow(view)
  if (priceFloor > priceCap || priceFloor < values.priceFloor || priceCap > values.priceCap) {
    const { priceFloor: ruleFloor, priceCap: ruleCap } = values
    return refuse.noticeLimits({ floor: priceFloor, cap: priceCap, rules, ruleFloor, ruleCap })
  }
  for (const limit of [priceFloor, priceCap]) if (limit % tick !== 0) return refuse.noticeTick({ limit, tick })
  if (!values.priceRules.includes(notice.priceRule)) {
    return refuse.noticeRule({ field: 'priceRule', value: notice.priceRule, rules })
  }
  if (!values.tieRules.includes(notice.tieRule))
    return refuse.noticeRule({ field: 'tieRule', value: notice.tieRule, rules })
  if (notice.stepsMax > values.stepsMax) return refuse.noticeRule({ field: 'stepsMax', value: notice.stepsMax, rules })
  if ((notice.kPpm !== undefined) !== (notice.priceRule === 'k')) return refuse.noticeK()
  return undefined
}
