import { type Book, whyShare } from '@dujiang/market'
import { useMemo, useState } from 'react'
import { useWords } from '../../i18n/words.ts'
import { useNameOfUnit } from '../unit-name.ts'
import { Energy, Price, useUnitNames } from '../../ui/amount.tsx'
import { type Column, DenseTable } from '../../ui/dense-table.tsx'
import { periodWords } from './period-words.ts'
import type { Awarded } from './what-if.ts'
import { WhyShare } from './why-share.tsx'

interface MyStepsProps {
  readonly own: readonly Awarded[]
  readonly book: Book
}

/** What each own step got; the one chosen is explained below, at first one that was shared at the margin. */
export function MySteps({ own, book }: MyStepsProps) {
  const say = useWords(periodWords)
  const units = useUnitNames()
  const nameOf = useNameOfUnit()
  const [chosen, setChosen] = useState<string>()
  const isShared = ({ awardWh, step }: Awarded): boolean => awardWh > 0 && awardWh < step.volumeWh
  const open = own.find((row) => keyOf(row) === chosen) ?? own.find(isShared) ?? own[0]
  const share = useMemo(
    () => open && whyShare(book, open.step.side === 'sell' ? 'supply' : 'demand', open.at),
    [book, open],
  )
  const columns: Column<Awarded>[] = [
    {
      key: 'step',
      title: say('step'),
      cell: ({ step }) => (
        <>
          {nameOf(step.unit)} {say('whatif.step', { at: step.step })}{' '}
          <span className="muted mono">{step.order.slice(0, 6)}</span>
        </>
      ),
    },
    {
      key: 'price',
      title: units.price,
      align: 'right',
      cell: ({ step }) => <Price milliFen={step.price} digits={2} />,
    },
    {
      key: 'awarded',
      title: `${say('why.got')} / ${say('offered')}`,
      align: 'right',
      cell: ({ step, awardWh }) => (
        <>
          <strong>
            <Energy wh={awardWh} />
          </strong>{' '}
          / <Energy wh={step.volumeWh} />
        </>
      ),
    },
  ]
  return (
    <div className="my-steps">
      <DenseTable
        label={say('why.title')}
        rows={own}
        rowKey={keyOf}
        columns={columns}
        openKey={open === undefined ? '' : keyOf(open)}
        onOpen={(row) => setChosen(keyOf(row))}
        heightMax={300}
      />
      {open === undefined || share === undefined ? null : <WhyShare step={open.step} share={share} lotWh={book.lot} />}
    </div>
  )
}

const keyOf = ({ step }: Awarded): string => `${step.order}-${step.step}`
