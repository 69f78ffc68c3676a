import type { Result, Session, Unit } from '@dujiang/market'
import { Button, Select } from 'antd'
import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { useClosedBook } from '../../api/bidding.ts'
import type { Named } from '../../api/sessions.ts'
import { useWords } from '../../i18n/words.ts'
import { PeriodDetail } from '../../market/period/period-detail.tsx'
import { usePainted } from '../../ui/after-paint.ts'
import { periodLabel } from '../../ui/period.tsx'
import { tradeWords } from './trade-words.ts'
import { UnitChoice } from './unit-choice.tsx'

interface OnePeriodProps {
  readonly id: string
  readonly session: Session
  readonly result: Result
  readonly units: readonly Named<Unit>[] | undefined
}

/** `?period=` in full; the whole book of the session is read for it. */
export function OnePeriod({ id, session, result, units }: OnePeriodProps) {
  const say = useWords(tradeWords)
  const [search, setSearch] = useSearchParams()
  const asked = Number(search.get('period') ?? 1)
  const chosen = result.periods[asked - 1] ?? result.periods[0]
  // Thousands of steps are cleared and drawn: the choice itself answers first.
  const drawn = usePainted(chosen)
  const book = useClosedBook(id)
  const unit = search.get('unit')
  const shown = useMemo(
    () => units?.filter((each) => unit === null || each.id === unit).map((each) => each.id),
    [units, unit],
  )
  if (chosen === undefined) return null
  const { period } = chosen
  const last = result.periods.length
  const choose = (next: number): void => {
    const kept = Object.fromEntries(search)
    setSearch({ ...kept, period: String(next) }, { replace: true, preventScrollReset: true })
  }
  return (
    <>
      <div className="filters">
        <span className="period-choice">
          <Button aria-label={say('period.before')} disabled={period === 1} onClick={() => choose(period - 1)}>
            ‹
          </Button>
          <Select
            aria-label={say('period.choose')}
            value={period}
            options={result.periods.map((each) => ({ value: each.period, label: periodLabel(each.period, last) }))}
            onChange={choose}
          />
          <Button aria-label={say('period.next')} disabled={period === last} onClick={() => choose(period + 1)}>
            ›
          </Button>
        </span>
        {units === undefined ? null : (
          <UnitChoice units={units.filter(({ id: each }) => book?.some((order) => order.unit === each))} />
        )}
      </div>
      {book === undefined ? (
        <p className="muted">{say('loading.book')}</p>
      ) : (
        <div aria-busy={drawn !== chosen}>
          <PeriodDetail id={id} notice={session} result={drawn ?? chosen} orders={book} units={shown} />
        </div>
      )}
    </>
  )
}
