import { type Of, s } from '@dujiang/core/codec'
import { noticeFields } from './notice-fields.ts'

const { opensMs, gateMs, deliveryFrom, deliveryTo } = noticeFields

/** What may be done to a session that has been announced. Times and days are complete: what stays is said again. */
export const changeFields = s.union(
  'kind',
  [
    s.object({
      kind: s.literal('postpone', { zh: '延期', en: 'The session is postponed' }),
      opensMs,
      gateMs,
      deliveryFrom,
      deliveryTo,
    }),
    s.object({ kind: s.literal('void', { zh: '作废', en: 'The session is void' }) }),
  ],
  { zh: '对场次的变更', en: 'The change of the session' },
)
export type SessionChange = Of<typeof changeFields>
export type Postponement = Extract<SessionChange, { readonly kind: 'postpone' }>
