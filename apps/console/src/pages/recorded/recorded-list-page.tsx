import { useNavigate } from 'react-router'
import { useWords } from '../../i18n/words.ts'
import { Unread } from '../../market/unread.tsx'
import { type Column, DenseTable } from '../../ui/dense-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { useNarrow } from '../../ui/use-narrow.ts'
import { MonthGrid } from './month-grid.tsx'
import { type Recorded, type Verdict, useRecorded, verdictOf } from './recorded-data.ts'
import { recordedWords } from './recorded-words.ts'

export function Component() {
  const say = useWords(recordedWords)
  const narrow = useNarrow()
  const go = useNavigate()
  const recorded = useRecorded()
  const count = ({ periods }: Recorded, verdict: Verdict): number =>
    periods.filter(({ row }) => verdictOf(row) === verdict).length
  const columns: Column<Recorded>[] = [
    { key: 'session', title: say('col.session'), cell: ({ id }) => <strong>{id}</strong> },
    { key: 'name', title: say('col.name'), cell: ({ session }) => session.name },
    {
      key: 'periods',
      title: say('col.periods'),
      align: 'right',
      cell: ({ session, periods }) => `${periods.length} / ${session.periods}`,
    },
    { key: 'equal', title: say('col.equal'), align: 'right', cell: (row) => count(row, 'equal') },
    { key: 'inside', title: say('col.inside'), align: 'right', cell: (row) => count(row, 'inside') },
    {
      key: 'outside',
      title: say('col.outside'),
      align: 'right',
      cell: (row) => <span className={count(row, 'outside') > 0 ? 'differs' : undefined}>{count(row, 'outside')}</span>,
    },
    { key: 'other', title: say('col.other'), align: 'right', cell: (row) => count(row, 'notCompared') },
  ]
  return (
    <Page title={say('list.title')} lead={say('list.lead')}>
      {recorded?.length === 0 ? <Empty title={say('empty')}>{say('empty.why')}</Empty> : null}
      {recorded === undefined ? <Unread /> : null}
      {recorded === undefined || recorded.length === 0 ? null : (
        <>
          <Section title={say('month.title')}>
            <MonthGrid recorded={recorded} />
          </Section>
          <Section title={say('list.title')}>
            <DenseTable
              label={say('list.title')}
              rows={recorded}
              rowKey={({ id }) => id}
              columns={narrow ? columns.filter(({ key }) => !['name', 'inside', 'other'].includes(key)) : columns}
              onOpen={({ id }) => void go(`/recorded/${id}`)}
            />
          </Section>
        </>
      )}
    </Page>
  )
}
