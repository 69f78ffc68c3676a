import { cost, milliFenPerMwh, wh } from '@dujiang/core/units'
import type { ReactNode } from 'react'
import { useWords } from '../../i18n/words.ts'
import { Energy, Money, Price, useUnitNames } from '../../ui/amount.tsx'
import { periodWords } from './period-words.ts'
import type { Outcome } from './what-if.ts'

/** The published outcome, the imagined one, and what lies between. */
export function OutcomeTable({
  published,
  outcome,
}: {
  readonly published: Outcome
  readonly outcome: Outcome | undefined
}) {
  const say = useWords(periodWords)
  const units = useUnitNames()
  const rows: readonly Row[] = [
    {
      title: `${say('whatif.clearing')} ${units.price}`,
      of: ({ price }) => price,
      show: (value, signed) => <Price milliFen={value} digits={2} signed={signed} />,
    },
    {
      title: `${say('whatif.volume.all')} ${units.energy}`,
      of: ({ volumeWh }) => volumeWh,
      show: (value, signed) => <Energy wh={value} signed={signed} />,
    },
    {
      title: `${say('whatif.own')} ${units.energy}`,
      of: ({ ownWh }) => ownWh,
      show: (value, signed) => <Energy wh={value} signed={signed} />,
    },
    {
      title: `${say('whatif.money')} ${units.money}`,
      of: moneyOf,
      show: (value, signed) => <Money fen={value} digits={2} signed={signed} />,
    },
  ]
  return (
    <div className="dense" tabIndex={0}>
      <table aria-label={say('whatif.title')}>
        <thead>
          <tr>
            <td />
            {(['whatif.now', 'whatif.then', 'whatif.change'] as const).map((word) => (
              <th key={word} scope="col" data-align="right">
                {say(word)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ title, of, show }) => {
            const now = of(published)
            const then = outcome && of(outcome)
            const change = now === undefined || then === undefined ? undefined : then - now
            return (
              <tr key={title}>
                <th scope="row">{title}</th>
                <td data-align="right">{show(now, false)}</td>
                <td data-align="right">{show(then, false)}</td>
                <td data-align="right">{show(change, true)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

interface Row {
  readonly title: string
  readonly of: (outcome: Outcome) => number | undefined
  readonly show: (value: number | undefined, signed: boolean) => ReactNode
}

const moneyOf = ({ price, ownWh }: Outcome): number | undefined =>
  price === undefined ? undefined : cost(wh(ownWh), milliFenPerMwh(price), 'halfUp')
