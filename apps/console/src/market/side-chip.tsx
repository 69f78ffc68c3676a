import { useWords } from '../i18n/words.ts'
import { Chip } from '../ui/chip.tsx'
import { marketWords } from './market-words.ts'

/** A side of the market: a fixed hue and always its word. */
export function SideChip({ side }: { readonly side: 'sell' | 'buy' | 'both' }) {
  const say = useWords(marketWords)
  return <Chip tone={side === 'both' ? 'plain' : side}>{say(`side.${side}`)}</Chip>
}
