import type { Notice, Tier } from '@dujiang/market'
import { useWords } from '../../i18n/words.ts'
import { Energy } from '../../ui/amount.tsx'
import { useAmountTexts } from '../amount-texts.ts'
import { SideChip } from '../side-chip.tsx'
import type { BookStep } from './period-book.ts'
import { periodWords } from './period-words.ts'
import { beforeInTime, proRataOf } from './share.ts'

interface WhyShareProps {
  readonly step: BookStep
  /** All steps of its side, in order of place. */
  readonly side: readonly BookStep[]
  readonly margin: Tier | undefined
  readonly notice: Notice
}

/** What one step got, with the arithmetic that anybody can follow. */
export function WhyShare({ step, side, margin, notice }: WhyShareProps) {
  const say = useWords(periodWords)
  const { awardWh, sentences } = useReasons(step, side, margin, notice)
  return (
    <div className="why">
      <p className="why-head">
        <SideChip side={step.side} />{' '}
        <strong>{say('step.title', { order: step.order.slice(0, 8), step: step.step })}</strong>
        <span>
          {say('why.got')} <Energy wh={awardWh} /> / <Energy wh={step.volumeWh} unit />
        </span>
      </p>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  )
}

function useReasons(step: BookStep, side: readonly BookStep[], margin: Tier | undefined, notice: Notice) {
  const say = useWords(periodWords)
  const text = useAmountTexts()
  if (margin === undefined) return { awardWh: 0, sentences: [say('why.no.trade')] }
  const facts = { price: text.price(step.price), margin: text.price(margin.price) }
  const isBetter = step.side === 'sell' ? step.price < margin.price : step.price > margin.price
  if (isBetter) return { awardWh: step.volumeWh, sentences: [say('why.better', facts)] }
  if (step.price !== margin.price) return { awardWh: 0, sentences: [say('why.worse', facts)] }
  if (margin.awardedWh === margin.declaredWh) return { awardWh: step.volumeWh, sentences: [say('why.whole', facts)] }
  const tier = side.filter(({ price }) => price === margin.price)
  if (notice.tieRule === 'time') {
    const beforeWh = beforeInTime(tier, step)
    const awardWh = Math.max(0, Math.min(step.volumeWh, margin.awardedWh - beforeWh))
    const said = say('why.time', { ...facts, before: text.energy(beforeWh), awarded: text.energy(margin.awardedWh) })
    return { awardWh, sentences: [said] }
  }
  const share = proRataOf(tier, step, margin, notice.lotWh)
  const { declaredLots, tierDeclaredLots, tierAwardedLots, baseLots, remainder, leftLots, rank, members } = share
  const extra = rank <= leftLots ? 1 : 0
  const lots = {
    lot: text.energy(notice.lotWh),
    declared: declaredLots,
    tier: tierDeclaredLots,
    awarded: tierAwardedLots,
  }
  const place = { left: leftLots, rank, members }
  return {
    awardWh: (baseLots + extra) * notice.lotWh,
    sentences: [
      say('why.pro.rata', { ...facts, ...lots, base: baseLots, remainder }),
      leftLots === 0 ? say('why.extra.none') : say(extra === 1 ? 'why.extra.yes' : 'why.extra.no', place),
    ],
  }
}
