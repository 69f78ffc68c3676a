import { accept, refuse as decline } from '@dujiang/chain'
import { type Of, compile, s } from '@dujiang/core/codec'
import { defineAct } from '../kernel/index.ts'
import { publishedFields, publishedRefusal } from './published-fields.ts'
import { putPeriod, recordedPeriod } from './recorded-period.ts'
import { recordedRefusals } from './refusals.ts'
import type { Published } from './tables.ts'

const { refuse } = recordedRefusals

const schema = s.object({
  session: s.id({ zh: '外部场次编号', en: 'Recorded session id' }),
  period: s.int(1, 96, { zh: '时段', en: 'Period' }),
  published: publishedFields,
  remark: s.text(200, { zh: '备注', en: 'Remark' }),
})

/**
 * Published figures without a book go on record as stated by who brings them; nothing can be re-derived from them.
 * Refusals, in order: recordedUnknown, notTheRecorder, recordedPeriodOutside, recordedPeriodTaken, nothingStated,
 * publishedBoth, publishedAreaTwice.
 */
export const volumeState = defineAct<Of<typeof schema>>({
  name: 'recorded.volume.state',
  version: 1,
  title: { zh: '登记无订单簿的公布数据', en: 'State figures without a book' },
  schema: compile(schema),
  stage: 'session',
  roles: ['exchange'],
  route: ({ session }, org) => ({ stream: `recorded.${session}`, actor: org }),
  decide(view, { org, payload }) {
    const { session, period, remark } = payload
    const published = payload.published as Published
    const row = recordedPeriod(view, org, session, period)
    if ('facts' in row) return decline(row)
    if (Object.keys(published).length === 0) return decline(refuse.nothingStated())
    const wrong = publishedRefusal(published)
    if (wrong !== undefined) return decline(wrong)
    return accept(...putPeriod(view, session, period, { kind: 'stated', published, remark }), {
      kind: 'event',
      name: 'figureStated',
      data: { session, period },
    })
  },
})
