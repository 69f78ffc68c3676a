import { Link } from 'react-router'
import { useWords } from '../../i18n/words.ts'
import { periodLabel } from '../../ui/period.tsx'
import { type Recorded, type Verdict, verdictOf } from './recorded-data.ts'
import { recordedWords } from './recorded-words.ts'

/** A sign besides the colour, so that neither alone has to be told. */
const signs: { readonly [verdict in Verdict]: string } = { equal: '=', inside: '≈', outside: '≠', notCompared: '·' }
const VERDICTS = ['equal', 'inside', 'outside', 'notCompared'] as const

/** A row a session, a cell a period: a month at a glance. */
export function MonthGrid({ recorded }: { readonly recorded: readonly Recorded[] }) {
  const say = useWords(recordedWords)
  const most = Math.max(...recorded.map(({ session }) => session.periods))
  return (
    <div className="month">
      <table aria-label={say('month.title')}>
        <thead>
          <tr>
            <th scope="col">{say('col.session')}</th>
            {Array.from({ length: most }, (_, at) => (
              <th key={at} scope="col" title={periodLabel(at + 1, most)}>
                {at % 3 === 0 ? String(at).padStart(2, '0') : ''}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {recorded.map(({ id, session, periods }) => {
            const byPeriod = new Map(periods.map(({ period, row }) => [period, verdictOf(row)]))
            return (
              <tr key={id}>
                <th scope="row">
                  <Link to={`/recorded/${id}`}>{id}</Link>
                </th>
                {Array.from({ length: session.periods }, (_, at) => {
                  const verdict = byPeriod.get(at + 1)
                  const said = say(verdict === undefined ? 'legend.absent' : `legend.${verdict}`)
                  return (
                    <td
                      key={at}
                      data-verdict={verdict ?? 'absent'}
                      title={`${periodLabel(at + 1, session.periods)} ${said}`}
                    >
                      {verdict === undefined ? '' : signs[verdict]}
                    </td>
                  )
                })}
              </tr>
            )
          })}
        </tbody>
      </table>
      <ul className="month-legend">
        {VERDICTS.map((verdict) => (
          <li key={verdict}>
            <span data-verdict={verdict}>{signs[verdict]}</span> {say(`legend.${verdict}`)}
          </li>
        ))}
      </ul>
    </div>
  )
}
