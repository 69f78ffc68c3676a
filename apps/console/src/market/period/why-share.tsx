import { useWords } from '../../i18n/words.ts'
import { useAmountTexts } from '../amount-texts.ts'
import { SideChip } from '../side-chip.tsx'
import type { BookStep } from './period-book.ts'
import { periodWords } from './period-words.ts'
import type { ProRata, Share } from './share.ts'

interface WhyShareProps {
  readonly step: BookStep
  readonly share: Share
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

function useSentences(step: BookStep, share: Share, lotWh: number): readonly string[] {
  const say = useWords(periodWords)
  const text = useAmountTexts()
  if (share.margin === undefined) return [say('why.no.trade')]
  const facts = { price: text.price(step.price), margin: text.price(share.margin.price) }
  switch (share.because) {
    case 'noTrade':
      return [say('why.no.trade')]
    case 'better':
      return [say('why.better', facts)]
    case 'whole':
      return [say('why.whole', facts)]
    case 'worse':
      return [say('why.worse', facts)]
    case 'time': {
      const awarded = text.energy(share.margin.awardedWh)
      return [say('why.time', { ...facts, before: text.energy(share.beforeWh), awarded })]
    }
    case 'proRata':
      return [
        say('why.pro.rata', { ...facts, lot: text.energy(lotWh), ...lotsOf(share.proRata) }),
        say(extraWord(share.proRata), {
          left: share.proRata.leftLots,
          rank: share.proRata.rank,
          members: share.proRata.members,
        }),
      ]
  }
}

const lotsOf = ({ declaredLots, tierDeclaredLots, tierAwardedLots, baseLots, remainder }: ProRata) => ({
  declared: declaredLots,
  tier: tierDeclaredLots,
  awarded: tierAwardedLots,
  base: baseLots,
  remainder,
})

function extraWord({ rank, leftLots }: ProRata) {
  if (leftLots === 0) return 'why.extra.none'
  return rank <= leftLots ? 'why.extra.yes' : 'why.extra.no'
}
