import { accept, refuse as decline } from '@dujiang/chain'
import { type Of, compile, s } from '@dujiang/core/codec'
import { noticeFields } from '../auction/index.ts'
import { defineAct } from '../kernel/index.ts'
import { recordedRefusals } from './refusals.ts'
import { type RecordedSession, recordedSessions } from './tables.ts'

const { refuse } = recordedRefusals
const { periods, priceFloor, priceCap, lotWh, tick, priceRule, kPpm, tieRule } = noticeFields

const schema = s.object({
  session: s.id({ zh: '外部场次编号', en: 'Recorded session id' }),
  name: s.text(200, { zh: '名称', en: 'Name' }),
  source: s.text(500, { zh: '数据来源', en: 'Where the figures were published' }),
  currency: s.enumOf(['CNY', 'EUR'], { zh: '币种', en: 'Currency' }),
  periods,
  priceFloor,
  priceCap,
  lotWh,
  tick,
  priceRule,
  kPpm,
  tieRule,
})

/** An existing exchange opens the record of one of its sessions. Refusals, in order: recordedExists, recordedLimits, recordedK. */
export const recordedOpen = defineAct<Of<typeof schema>>({
  name: 'recorded.session.open',
  version: 1,
  title: { zh: '登记外部场次', en: 'Open a recorded session' },
  schema: compile(schema),
  stage: 'session',
  roles: ['exchange'],
  route: ({ session }, org) => ({ stream: `recorded.${session}`, actor: org }),
  decide(view, { org, payload }) {
    const { session, ...row } = payload
    if (recordedSessions.get(view, session) !== undefined) return decline(refuse.recordedExists({ session }))
    if (row.priceFloor > row.priceCap)
      return decline(refuse.recordedLimits({ floor: row.priceFloor, cap: row.priceCap }))
    if ((row.kPpm !== undefined) !== (row.priceRule === 'k')) return decline(refuse.recordedK())
    return accept(recordedSessions.put({ ...(row as unknown as RecordedSession), org }, session), {
      kind: 'event',
      name: 'recordedOpened',
      data: { session, name: row.name },
    })
  },
})
