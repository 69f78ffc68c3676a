import type { RuleSet } from '../rules/index.ts'
import { GATE_AFTER_MS_MAX } from './bounds.ts'
import { type NoticePayload, noticeShape } from './notice-fields.ts'
import { AllProblems, type Explained, type Problems, shapeChecker } from './problems.ts'
import { auctionRefusals } from './refusals.ts'
import type { Notice, Sequence } from './tables.ts'

const { refuse } = auctionRefusals
const STEPS_MAX_UNLESS_SAID = 3

/** What a notice is judged by; all of it is open to everybody. */
export interface NoticeFacts {
  readonly timeMs: number
  /** Who announces. */
  readonly org: string
  /** Is there a session of that name? */
  readonly taken: boolean
  /** The one the notice names. */
  readonly sequence: Sequence | undefined
  /** In force now. */
  readonly rules: Pick<RuleSet, 'name' | 'values'>
}

/** What stands in the session's row of a notice as it was sent. */
export function noticeOf(payload: NoticePayload): Notice {
  const { session: _, ...given } = payload
  return { ...given, stepsMax: given.stepsMax ?? STEPS_MAX_UNLESS_SAID } as Notice
}

/**
 * Judges a notice; false when the checks end. Refusals, in order: sessionExists, sequenceUnknown, sequenceNotYours, noticeTimes,
 * gateTooFar, noticeDelivery, noticeLimits, noticeTick, noticeRule (priceRule, tieRule, stepsMax), noticeK.
 */
export function mayBeAnnounced(facts: NoticeFacts, payload: NoticePayload, problems: Problems): boolean {
  const notice = noticeOf(payload)
  return (
    hasPlace(facts, payload, problems) &&
    hasTimes(facts, notice, problems) &&
    hasLimits(facts, notice, problems) &&
    keepsRules(facts, notice, problems)
  )
}

function hasPlace({ org, taken, sequence: row }: NoticeFacts, payload: NoticePayload, problems: Problems): boolean {
  const { session, sequence } = payload
  if (taken && problems.end(refuse.sessionExists({ session }))) return false
  if (row === undefined) return !problems.end(refuse.sequenceUnknown({ sequence }))
  return row.org === org || !problems.end(refuse.sequenceNotYours({ sequence, owner: row.org, org }))
}

function hasTimes({ timeMs }: NoticeFacts, notice: Notice, problems: Problems): boolean {
  const { opensMs, gateMs, deliveryFrom, deliveryTo } = notice
  // Units are invited before a session opens, so one that is open at once could have none.
  const inOrder = timeMs < opensMs && opensMs < gateMs
  if (!inOrder && problems.end(refuse.noticeTimes({ timeMs, opensMs, gateMs }))) return false
  const latestMs = timeMs + GATE_AFTER_MS_MAX
  if (gateMs > latestMs && problems.end(refuse.gateTooFar({ gateMs, latestMs }))) return false
  return deliveryFrom <= deliveryTo || !problems.end(refuse.noticeDelivery({ from: deliveryFrom, to: deliveryTo }))
}

function hasLimits({ rules }: NoticeFacts, notice: Notice, problems: Problems): boolean {
  const { priceFloor: floor, priceCap: cap, tick } = notice
  const { priceFloor: ruleFloor, priceCap: ruleCap } = rules.values
  const within = floor <= cap && floor >= ruleFloor && cap <= ruleCap
  const facts = { floor, cap, rules: rules.name, ruleFloor, ruleCap }
  if (!within && problems.end(refuse.noticeLimits(facts))) return false
  for (const limit of [floor, cap]) {
    if (limit % tick !== 0 && problems.end(refuse.noticeTick({ limit, tick }))) return false
  }
  return true
}

function keepsRules({ rules: { name: rules, values } }: NoticeFacts, notice: Notice, problems: Problems): boolean {
  const { priceRule, tieRule, stepsMax, kPpm } = notice
  const kept = [
    ['priceRule', priceRule, values.priceRules.includes(priceRule)],
    ['tieRule', tieRule, values.tieRules.includes(tieRule)],
    ['stepsMax', stepsMax, stepsMax <= values.stepsMax],
  ] as const
  for (const [field, value, allowed] of kept) {
    if (!allowed && problems.end(refuse.noticeRule({ field, value, rules }))) return false
  }
  return (kPpm !== undefined) === (priceRule === 'k') || !problems.end(refuse.noticeK())
}

const shapeOf = shapeChecker(noticeShape)

/** Everything that stands against a notice, before it is sent: by the checks of the act itself. */
export function explainNotice(facts: NoticeFacts, payload: NoticePayload): Explained {
  const shape = shapeOf(payload)
  if (shape.length > 0) return { shape, refusals: [] }
  const problems = new AllProblems()
  mayBeAnnounced(facts, payload, problems)
  return { shape, refusals: problems.found }
}
