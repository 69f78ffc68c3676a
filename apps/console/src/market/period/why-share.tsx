import type { CutShare, StepShare } from '@dujiang/market'
import { useWords } from '../../i18n/words.ts'
import { useAmountTexts } from '../amount-texts.ts'
import { SideChip } from '../side-chip.tsx'
import type { BookStep } from './period-book.ts'
import { periodWords } from './period-words.ts'

interface WhyShareProps {
  readonly step: BookStep
  readonly share: StepShare
  readonly lotWh: number
}

/** Why a step got what it got, with the arithmetic that anybody can follow. */
export function WhyShare({ step, share, lotWh }: WhyShareProps) {
  const say = useWords(periodWords)
  const sentences = useSentences(step, share, lotWh)
  return (
    <div className="why" aria-live="polite">
      <p className="why-head">
        <SideChip side={step.side} />
        <strong>{say('step.title', { order: step.order.slice(0, 6), step: step.step })}</strong>
      </p>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  )
}

function useSentences(step: BookStep, { standing, tier, cut }: StepShare, lotWh: number): readonly string[] {
  const say = useWords(periodWords)
  const text = useAmountTexts()
  if (tier === null || standing === 'untraded') return [say('why.no.trade')]
  const facts = { price: text.price(step.price), margin: text.price(tier.price) }
  if (standing !== 'marginal') return [say(`why.${standing}`, facts)]
  if (cut === undefined) return [say('why.whole', facts)]
  if (cut.rule === 'time') {
    const amounts = { before: text.energy(cut.before), awarded: text.energy(tier.awarded) }
    return [say('why.time', { ...facts, ...amounts })]
  }
  const { declaredLots, tierLots, awardedLots, wholeLots, fraction } = cut
  const lots = { lot: text.energy(lotWh), declared: declaredLots, tier: tierLots, awarded: awardedLots }
  return [say('why.pro.rata', { ...facts, ...lots, base: wholeLots, remainder: fraction }), extraSentence(cut, say)]
}

type Say = ReturnType<typeof useWords<(typeof periodWords)['keys'][number]>>

/** What became of the lots that rounding left over, as far as this step goes. */
function extraSentence(cut: Extract<CutShare, { rule: 'pro_rata' }>, say: Say): string {
  const { leftLots, least, fraction, extraLot } = cut
  if (least === undefined) return say('why.extra.none')
  const facts = { left: leftLots, least: least.fraction, remainder: fraction }
  if (least.rank === undefined) return say(extraLot ? 'why.extra.yes' : 'why.extra.no', facts)
  const tie = { ...facts, steps: least.steps, served: least.served, rank: least.rank }
  return say(extraLot ? 'why.tie.yes' : 'why.tie.no', tie)
}
