import type { Org, RecordedSession } from '@dujiang/market'
import { useParams } from 'react-router'
import { useRow } from '../../api/queries.ts'
import { useWords } from '../../i18n/words.ts'
import { noticeWords } from '../../market/notice-words.ts'
import { Unread } from '../../market/unread.tsx'
import { Energy, Price } from '../../ui/amount.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { DifferenceChart } from './difference-chart.tsx'
import { Differences } from './differences.tsx'
import { type PeriodRow, useRecordedPeriods, useRecordedSession } from './recorded-data.ts'
import { recordedWords } from './recorded-words.ts'

export function Component() {
  const say = useWords(recordedWords)
  const { session: id = '' } = useParams()
  const session = useRecordedSession(id)
  const periods = useRecordedPeriods(id)
  return (
    <Page title={session?.name ?? id} lead={id}>
      {session === null ? <Empty title={say('session.unknown', { session: id })} /> : null}
      {session && periods ? <Parts session={session} periods={periods} /> : session === null ? null : <Unread />}
    </Page>
  )
}

/** Prices are 10⁻⁵ of the session's currency a MWh, which need not be yuan. */
function Parts({ session, periods }: { readonly session: RecordedSession; readonly periods: readonly PeriodRow[] }) {
  const say = useWords(recordedWords)
  const field = useWords(noticeWords)
  const { data: org } = useRow<Org>(`members/org/${session.org}`)
  const currency = session.currency === 'CNY' ? say('yuan') : session.currency
  const priceUnit = say('unit.price', { currency })
  return (
    <>
      <Facts
        rows={[
          [say('fact.source'), session.source],
          [say('fact.org'), org?.name ?? session.org],
          [say('fact.currency'), session.currency],
          [field('field.periods'), String(session.periods)],
          [
            field('field.limits'),
            <span key="l">
              <Price milliFen={session.priceFloor} digits={2} /> – <Price milliFen={session.priceCap} digits={2} />{' '}
              {priceUnit}
            </span>,
          ],
          [field('field.lotWh'), <Energy key="e" wh={session.lotWh} unit />],
          [field('field.priceRule'), field(`price.${session.priceRule}`)],
          [field('field.tieRule'), field(`tie.${session.tieRule}`)],
        ]}
      />
      <Section title={say('part.chart')}>
        <DifferenceChart periods={periods} of={session.periods} unit={priceUnit} />
      </Section>
      <Section title={say('part.periods')}>
        <Differences periods={periods} of={session.periods} unit={priceUnit} />
      </Section>
    </>
  )
}
