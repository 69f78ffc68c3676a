import type { Notice, PeriodResult } from '@dujiang/market'
import { useState } from 'react'
import { useWords } from '../../i18n/words.ts'
import { Energy, Price, useUnitNames } from '../../ui/amount.tsx'
import { type Column, DenseTable } from '../../ui/dense-table.tsx'
import { useNarrow } from '../../ui/use-narrow.ts'
import type { BookStep } from './period-book.ts'
import { periodWords } from './period-words.ts'
import { type Share, shareOf } from './share.ts'
import { WhyShare } from './why-share.tsx'

interface MyStepsProps {
  readonly own: readonly BookStep[]
  readonly supply: readonly BookStep[]
  readonly demand: readonly BookStep[]
  readonly result: PeriodResult
  readonly notice: Notice
}

interface Row {
  readonly key: string
  readonly step: BookStep
  readonly share: Share
}

/** What each own step got; the one chosen is explained below, at first one that was shared at the margin. */
export function MySteps({ own, supply, demand, result, notice }: MyStepsProps) {
  const say = useWords(periodWords)
  const units = useUnitNames()
  const narrow = useNarrow()
  const [chosen, setChosen] = useState<string>()
  const rows = own.map((step): Row => {
    const [side, margin] = step.side === 'sell' ? [supply, result.supplyTier] : [demand, result.demandTier]
    return { key: `${step.order}-${step.step}`, step, share: shareOf(step, side, margin, notice) }
  })
  const open =
    rows.find(({ key }) => key === chosen) ?? rows.find(({ share }) => share.because === 'proRata') ?? rows[0]
  const columns: Column<Row>[] = [
    {
      key: 'step',
      title: say('step'),
      cell: ({ step }) => (
        <>
          {narrow ? null : `${step.unit} `}
          <span className="mono">{step.order.slice(0, 6)}</span> {say('whatif.step', { at: step.step })}
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
      cell: ({ step, share }) => (
        <>
          <strong>
            <Energy wh={share.awardWh} />
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
        rows={rows}
        rowKey={({ key }) => key}
        columns={columns}
        openKey={open?.key ?? ''}
        onOpen={({ key }) => setChosen(key)}
        heightMax={300}
      />
      {open === undefined ? null : <WhyShare step={open.step} share={open.share} lotWh={notice.lotWh} />}
    </div>
  )
}
