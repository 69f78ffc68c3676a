import type { Family } from '../kernel/index.ts'
import { bulletinApprove } from './bulletin-approve.ts'
import { bulletinPrepare } from './bulletin-prepare.ts'
import { changeApprove } from './change-approve.ts'
import { changeInvariants } from './change-invariants.ts'
import { changePrepare } from './change-prepare.ts'
import { changes, preparedChanges } from './change-tables.ts'
import { checkPass } from './check-pass.ts'
import { gate } from './gate.ts'
import { auctionInvariants } from './invariants.ts'
import { orderCancel } from './order-cancel.ts'
import { hasOpenBook, isSealed } from './order-privacy.ts'
import { orderReplace } from './order-replace.ts'
import { orderSubmit } from './order-submit.ts'
import { auctionRefusals } from './refusals.ts'
import { awards, bulletins, checks, results } from './result-tables.ts'
import { sequenceOpen } from './sequence-open.ts'
import { sessionAnnounce } from './session-announce.ts'
import { sessionInvite } from './session-invite.ts'
import { sessionRemind } from './session-remind.ts'
import { invitations, loads, sequences, sessions, stances, tallies, unitBooks } from './tables.ts'

export type { Postponement, SessionChange } from './change-fields.ts'
export * from './change-tables.ts'
export { type OrderFacts, explainOrder } from './order-check.ts'
export type { OrderPayload } from './order-fields.ts'
export { type PeriodRoom, roomLeft } from './order-room.ts'
export type { Explained } from './problems.ts'
export { type NoticeFacts, explainNotice } from './notice-check.ts'
export { type NoticePayload, noticeFields } from './notice-fields.ts'
export { noticeFrom } from './notice-from.ts'
export { type NoticeTemplate, noticeTemplates } from './notice-templates.ts'
export * from './result-tables.ts'
export * from './tables.ts'
export { type BookSides, bookUnder } from './session-books.ts'
export { type OtherOrder, WHAT_IF, whatIf, whyAward } from './what-if.ts'

/** The uniform-price call auction (集中竞价), from the notice to the bulletin of results. */
export const auction: Family = {
  name: 'auction',
  title: { zh: '集中竞价', en: 'Call auction' },
  acts: [
    sequenceOpen,
    sessionAnnounce,
    sessionInvite,
    sessionRemind,
    changePrepare,
    changeApprove,
    orderSubmit,
    orderReplace,
    orderCancel,
    checkPass,
    bulletinPrepare,
    bulletinApprove,
  ],
  dues: [gate],
  refusals: auctionRefusals,
  owns: [
    sequences,
    sessions,
    tallies,
    loads,
    invitations,
    unitBooks,
    stances,
    preparedChanges,
    changes,
    results,
    awards,
    checks,
    bulletins,
  ],
  reads: ['members/unit', 'members/plant', 'members/key', 'rules/current'],
  exports: [sequences.name, sessions.name, tallies.name, changes.name, results.name, bulletins.name],
  invariants: [...auctionInvariants, ...changeInvariants],
  rowReaders(view, key) {
    const [, name, session = '', last = ''] = key.split('/')
    if (name !== 'book' && name !== 'stance' && name !== 'load') return undefined
    if (!isSealed(view, session)) return undefined
    if (name === 'load') return []
    const org = name === 'stance' ? last : unitBooks.get(view, session, last)?.org
    return org === undefined ? [] : [org]
  },
  holdsSecrets: hasOpenBook,
}
