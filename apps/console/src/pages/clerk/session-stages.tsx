import type { Bulletin, Check, Session, Tally } from '@dujiang/market'
import { useActsOn } from '../../api/sessions.ts'
import { useWords } from '../../i18n/words.ts'
import { useMarketNow } from '../../market/gate-countdown.tsx'
import { Instant } from '../../ui/instant.tsx'
import { clerkWords } from './clerk-words.ts'

interface StagesProps {
  readonly id: string
  readonly session: Session
  readonly tally: Tally | null | undefined
  readonly check: Check | null | undefined
  readonly bulletin: Bulletin | null | undefined
}

/** From notice to bulletin: what has been done, and when, as far as the state says. */
export function SessionStages({ id, session, tally, check, bulletin }: StagesProps) {
  const say = useWords(clerkWords)
  const nowMs = useMarketNow()
  const { status, opensMs, gateMs } = session
  const published = useActsOn(status === 'published' ? id : undefined, 'auction.bulletin.approve')?.[0]
  const isCleared = status !== 'announced' && session.result !== undefined
  const stages: readonly (readonly [word: Parameters<typeof say>[0], reached: boolean, atMs?: number | undefined])[] = [
    ['stage.announced', true],
    ['stage.invited', (tally?.invited ?? 0) > 0],
    ['stage.open', nowMs >= opensMs, opensMs],
    ['stage.cleared', isCleared, gateMs],
    ['stage.checked', Boolean(check), check?.atMs],
    ['stage.prepared', Boolean(bulletin), bulletin?.preparedMs],
    ['stage.published', status === 'published', published?.receipt.time],
  ]
  const last = stages.findLastIndex(([, reached]) => reached)
  return (
    <div className="progress stages">
      <ol aria-label={say('stage.label')}>
        {stages.map(([word, reached, atMs], at) => (
          <li key={word} data-reached={reached} aria-current={at === last ? 'step' : undefined}>
            {say(word)}
            {atMs === undefined ? null : (
              <span className="muted">
                <Instant atMs={atMs} />
              </span>
            )}
          </li>
        ))}
      </ol>
    </div>
  )
}
