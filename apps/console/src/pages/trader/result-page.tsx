import type { Bulletin, Result, Session } from '@dujiang/market'
import { Button, Segmented } from 'antd'
import { Link, useParams, useSearchParams } from 'react-router'
import { useMyUnits } from '../../api/bidding.ts'
import { useLedger } from '../../api/ledger.tsx'
import { useRow } from '../../api/queries.ts'
import { useWords } from '../../i18n/words.ts'
import { PeriodResults } from '../../market/period-results.tsx'
import { ResultChart } from '../../market/result-chart.tsx'
import { SessionChip } from '../../market/session-chip.tsx'
import { Unread } from '../../market/unread.tsx'
import { Energy, Price } from '../../ui/amount.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Facts } from '../../ui/facts.tsx'
import { HashText } from '../../ui/hash.tsx'
import { Note } from '../../ui/note.tsx'
import { Page } from '../../ui/page.tsx'
import { MyTrades } from './my-trades.tsx'
import { OnePeriod } from './one-period.tsx'
import { tradeWords } from './trade-words.ts'

/** What a session came to: `?view=mine|periods|one`, `&period=` for the one, `&unit=` for one of the own units. */
export function Component() {
  const say = useWords(tradeWords)
  const { session: id = '' } = useParams()
  const { data: session, error } = useRow<Session>(`auction/session/${id}`)
  const hasResult = session?.result !== undefined
  const { data: result, error: resultError } = useRow<Result>(hasResult ? `auction/result/${id}` : undefined)
  const title = session ? `${say('result.title')} · ${session.name}` : say('result.title')
  if (session === undefined || (hasResult && result === undefined)) {
    return (
      <Page title={title}>
        <Unread error={error ?? resultError} />
      </Page>
    )
  }
  if (session === null || !result) {
    return (
      <Page title={title}>
        {session === null ? (
          <Empty title={say('session.unknown', { session: id })} />
        ) : (
          <Empty title={say('result.none')}>{say('result.none.why')}</Empty>
        )}
      </Page>
    )
  }
  return <Known id={id} session={session} result={result} title={title} />
}

interface KnownProps {
  readonly id: string
  readonly session: Session
  readonly result: Result
  readonly title: string
}

const VIEWS = ['mine', 'periods', 'one'] as const
type View = (typeof VIEWS)[number]

function Known({ id, session, result, title }: KnownProps) {
  const say = useWords(tradeWords)
  const units = useMyUnits()
  const { identity } = useLedger()
  const [search, setSearch] = useSearchParams()
  const offered = VIEWS.filter((each) => each !== 'mine' || identity !== undefined)
  const asked = offered.find((each) => each === search.get('view'))
  const view = asked ?? (identity === undefined ? 'periods' : 'mine')
  const show = (next: View, more: { readonly period?: string } = {}): void => {
    const kept = Object.fromEntries([...search].filter(([name]) => name !== 'view'))
    setSearch({ ...kept, ...more, view: next }, { replace: true, preventScrollReset: true })
  }
  return (
    <Page
      title={title}
      lead={
        <span className="session-lead">
          <Link to={`/sessions/${id}`}>{id}</Link> <SessionChip session={session} />
        </span>
      }
      actions={<Button onClick={() => window.print()}>{say('print')}</Button>}
    >
      {session.status === 'published' || session.status === 'checked' ? null : (
        <Note tone="warn">{say(session.status === 'voided' ? 'result.voided' : 'result.unconstrained')}</Note>
      )}
      <ResultHead id={id} session={session} result={result} />
      <Segmented<View>
        className="views"
        aria-label={say('view.label')}
        value={view}
        options={offered.map((each) => ({ value: each, label: say(`view.${each}`) }))}
        onChange={(next) => show(next)}
      />
      {view === 'mine' && units === undefined ? <Unread /> : null}
      {view === 'mine' && units !== undefined ? (
        <MyTrades
          id={id}
          result={result}
          units={units}
          onPeriod={(period) => show('one', { period: String(period) })}
        />
      ) : null}
      {view === 'periods' ? <PeriodResults result={result} /> : null}
      {view === 'one' ? <OnePeriod id={id} session={session} result={result} units={units} /> : null}
    </Page>
  )
}

function ResultHead({ id, session, result }: Omit<KnownProps, 'title'>) {
  const say = useWords(tradeWords)
  const isPublished = session.status === 'published'
  const { data: bulletin } = useRow<Bulletin>(isPublished ? `auction/bulletin/${id}` : undefined)
  return (
    <div className="result-head">
      <Facts
        rows={[
          [say('volume'), <Energy key="v" wh={result.volumeWh} unit />],
          [say('average'), <Price key="p" milliFen={result.averagePrice} unit digits={2} />],
          [say('orders'), String(result.orders)],
          [say('units'), String(result.units)],
          ...(bulletin ? ([[say('bulletin'), bulletin.number]] as const) : []),
          ...(session.result === undefined
            ? []
            : ([[say('digest'), <HashText key="d" value={session.result} />]] as const)),
          [say('book.root'), <HashText key="b" value={result.bookRoot} />],
        ]}
      />
      <ResultChart result={result} height={200} />
    </div>
  )
}
