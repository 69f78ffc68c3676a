import type { Result, Session } from '@dujiang/market'
import { Button, Select } from 'antd'
import { Link, useParams, useSearchParams } from 'react-router'
import { useClosedBook, useMyUnits } from '../../api/bidding.ts'
import { useBulletin, useResult, useSession } from '../../api/sessions.ts'
import { useWords } from '../../i18n/words.ts'
import { PeriodDetail } from '../../market/period/period-detail.tsx'
import { PeriodResults } from '../../market/period-results.tsx'
import { ResultChart } from '../../market/result-chart.tsx'
import { SessionChip } from '../../market/session-chip.tsx'
import { Energy, Price } from '../../ui/amount.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Facts } from '../../ui/facts.tsx'
import { HashText } from '../../ui/hash.tsx'
import { Note } from '../../ui/note.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { periodLabel } from '../../ui/period.tsx'
import { MyTrades } from './my-trades.tsx'
import { tradeWords } from './trade-words.ts'

/** What a session came to: `?period=` opens one period with its curve. */
export function Component() {
  const say = useWords(tradeWords)
  const { session: id = '' } = useParams()
  const session = useSession(id)
  const result = useResult(id)
  const title = session ? `${say('result.title')} · ${session.name}` : say('result.title')
  if (session === undefined || result === undefined) return <Page title={title}>{null}</Page>
  if (session === null || result === null) {
    return (
      <Page title={title}>
        <Empty title={say('result.none')}>{say('result.none.why')}</Empty>
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

function Known({ id, session, result, title }: KnownProps) {
  const say = useWords(tradeWords)
  const bulletin = useBulletin(id)
  const units = useMyUnits()
  const published = session.status === 'published'
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
      {published || session.status === 'checked' ? null : (
        <Note tone="warn">{say(session.status === 'voided' ? 'result.voided' : 'result.unconstrained')}</Note>
      )}
      <div className="result-head">
        <Facts
          rows={[
            [say('volume'), <Energy key="v" wh={result.volumeWh} unit />],
            [say('average'), <Price key="p" milliFen={result.averagePrice} unit digits={2} />],
            [say('orders'), String(result.orders)],
            [say('units'), String(result.units)],
            ...(published && bulletin ? ([[say('bulletin'), bulletin.number]] as const) : []),
            ...(session.result === undefined
              ? []
              : ([[say('digest'), <HashText key="d" value={session.result} />]] as const)),
            [say('book.root'), <HashText key="b" value={result.bookRoot} />],
          ]}
        />
        <ResultChart result={result} />
      </div>
      {units !== undefined && units.length > 0 ? <MyTrades id={id} result={result} units={units} /> : null}
      <Section title={say('periods')}>
        <PeriodResults result={result} />
      </Section>
      <OnePeriod id={id} session={session} result={result} units={units?.map((unit) => unit.id)} />
    </Page>
  )
}

interface OnePeriodProps {
  readonly id: string
  readonly session: Session
  readonly result: Result
  readonly units: readonly string[] | undefined
}

function OnePeriod({ id, session, result, units }: OnePeriodProps) {
  const say = useWords(tradeWords)
  const [search, setSearch] = useSearchParams()
  const period = Number(search.get('period'))
  const chosen = result.periods[period - 1]
  // The whole book is read only when somebody looks into a period.
  const book = useClosedBook(chosen === undefined ? undefined : id)
  const choose = (next: number): void =>
    setSearch({ period: String(next) }, { replace: true, preventScrollReset: true })
  return (
    <Section
      title={say('period.title')}
      actions={
        <span className="period-choice">
          <Button
            size="small"
            aria-label={say('period.before')}
            disabled={!(period > 1)}
            onClick={() => choose(period - 1)}
          >
            ‹
          </Button>
          <Select
            size="small"
            aria-label={say('period.choose')}
            placeholder={say('period.choose')}
            value={chosen?.period ?? null}
            options={result.periods.map((each) => ({
              value: each.period,
              label: periodLabel(each.period, result.periods.length),
            }))}
            onChange={(value) => value !== null && choose(value)}
          />
          <Button
            size="small"
            aria-label={say('period.next')}
            disabled={period >= result.periods.length}
            onClick={() => choose(period + 1)}
          >
            ›
          </Button>
        </span>
      }
    >
      {chosen === undefined ? <p className="muted">{say('period.choose.why')}</p> : null}
      {chosen !== undefined && book === undefined ? <p className="muted">{say('loading.book')}</p> : null}
      {chosen !== undefined && book !== undefined ? (
        <PeriodDetail notice={session} result={chosen} book={book} units={units} />
      ) : null}
    </Section>
  )
}
