import type { Session } from '@dujiang/market'
import { useStatus } from '../api/queries.ts'
import { useWords } from '../i18n/words.ts'
import { useByNow, useNow } from '../ui/use-now.ts'
import { marketWords } from './market-words.ts'
import { type Taking, sessionState, takingOf } from './session-state.ts'

/** The time of the newest block, as far as this browser has heard; 0 while it has heard of none. */
export function useLedgerMs(): number {
  const { data } = useStatus()
  return data?.timeMs ?? 0
}

/** Now by this machine's clock, or by the newest block where the clock is behind it: never later than what counts allows. */
export function useMarketNow(): number {
  const nowMs = useNow()
  return Math.max(nowMs, useLedgerMs())
}

/** Does the session take orders now? */
export function useTaking(session: Session): Taking {
  const ledgerMs = useLedgerMs()
  return useByNow((nowMs) => takingOf(session, ledgerMs, nowMs))
}

/** How long until the session opens, or until its gate; nothing afterwards. */
export function GateCountdown({ session }: { readonly session: Session }) {
  const say = useWords(marketWords)
  const nowMs = useMarketNow()
  const state = sessionState(session, nowMs)
  if (state !== 'announced' && state !== 'open') return null
  const leftMs = (state === 'open' ? session.gateMs : session.opensMs) - nowMs
  return (
    <span className="countdown" data-near={state === 'open' && leftMs < NEAR_MS} title={say('countdown.clock')}>
      {say(state === 'open' ? 'countdown.gate' : 'countdown.opens', {
        left: left(leftMs, (facts) => say('countdown.days', facts)),
      })}
    </span>
  )
}

const NEAR_MS = 600_000

/** 00:12:34, with days where there are any. */
function left(leftMs: number, withDays: (facts: { days: number; clock: string }) => string): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000))
  const two = (value: number): string => String(value).padStart(2, '0')
  const parts = [Math.floor((seconds % 86_400) / 3600), Math.floor((seconds % 3600) / 60), seconds % 60]
  const clock = parts.map(two).join(':')
  const days = Math.floor(seconds / 86_400)
  return days === 0 ? clock : withDays({ days, clock })
}
