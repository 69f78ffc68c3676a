import type { Status } from '@dujiang/client'
import { useWords } from '../../i18n/words.ts'
import { Chip, type Tone } from '../../ui/chip.tsx'
import { ledgerWords } from './ledger-words.ts'
import type { Standing } from './standing.ts'

const tones: { readonly [state in Standing['state']]: Tone } = { signing: 'good', late: 'plain', silent: 'warn' }

/** How a validator stands, as its signatures show. */
export function StandingChip({ state }: Pick<Standing, 'state'>) {
  const say = useWords(ledgerWords)
  return <Chip tone={tones[state]}>{say(`stand.${state}`)}</Chip>
}

/** How the node that answers stands, as it says itself. */
export function OwnStateChip({ status: { failure, stalled } }: { readonly status: Status }) {
  const say = useWords(ledgerWords)
  if (failure !== undefined) return <Chip tone="bad">{say('node.failure', { reason: failure })}</Chip>
  if (stalled !== undefined) return <Chip tone="warn">{say('node.stalled', { reason: stalled })}</Chip>
  return <Chip tone="good">{say('node.fine')}</Chip>
}
