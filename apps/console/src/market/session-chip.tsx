import type { Session } from '@dujiang/market'
import { useWords } from '../i18n/words.ts'
import { Chip } from '../ui/chip.tsx'
import { useByNow } from '../ui/use-now.ts'
import { marketWords } from './market-words.ts'
import { sessionState, toneOfState, wordOfState } from './session-state.ts'

export function SessionChip({ session }: { readonly session: Session }) {
  const say = useWords(marketWords)
  const state = useByNow((nowMs) => sessionState(session, nowMs))
  return <Chip tone={toneOfState(state)}>{say(wordOfState(state))}</Chip>
}
