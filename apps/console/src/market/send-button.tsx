import type { Wanted } from '@dujiang/client'
import { Button } from 'antd'
import { Link, useLocation } from 'react-router'
import type { Acting } from '../api/act.ts'
import { type ActState, isDone, isFor } from '../api/sending.ts'
import { useTryOut } from '../api/try-out.ts'
import { useWords } from '../i18n/words.ts'
import { marketWords } from './market-words.ts'
import { RefusalNote } from './refusal-note.tsx'

interface SendButtonProps {
  readonly acting: Acting
  /** Undefined while something is missing. */
  readonly wanted: Wanted | undefined
  /** Sent after it, one after another, until one is not accepted. */
  readonly rest?: readonly Wanted[]
  readonly label: string
  /** Why nothing can be sent yet, as a sentence. */
  readonly missing?: string
  readonly danger?: boolean
  /** It waits for the trial's answer, where too early an act would be refused. */
  readonly waits?: boolean
  readonly onSent?: (state: ActState) => void
}

const NOTHING: readonly Wanted[] = []
/** What another person of the same organisation can do. */
const PERSONAL = new Set(['samePerson', 'changeSamePerson'])

/**
 * Tries an act out and says what would be decided, then signs and sends it. What would be refused cannot be sent, and the
 * reason stands above the button; how far it has come is shown by the page (ActProgress), since this may be gone by then.
 */
export function SendButton({
  acting,
  wanted,
  rest = NOTHING,
  label,
  missing,
  danger = false,
  waits = false,
  onSent,
}: SendButtonProps) {
  const say = useWords(marketWords)
  const { pathname } = useLocation()
  const { busy, state, sending } = acting
  const isSent = busy || (isDone(state) && isFor(sending, wanted))
  const tried = useTryOut(isSent ? undefined : wanted)
  const refused = !isSent && tried.step === 'refuse' ? tried.why : undefined
  const isWaiting = waits && !isSent && (tried.step === 'idle' || tried.step === 'trying')
  const press = async (): Promise<void> => {
    if (wanted === undefined) return
    for (const each of [wanted, ...rest]) {
      const end = await acting.send(each)
      if (end.step !== 'committed' || each === (rest.at(-1) ?? wanted)) return onSent?.(end)
    }
  }
  return (
    <div className="send">
      {refused === undefined ? null : <RefusalNote why={refused} tried />}
      <div className="send-line">
        <Button
          type="primary"
          danger={danger}
          disabled={wanted === undefined || refused !== undefined || isWaiting}
          loading={busy}
          onClick={() => void press()}
        >
          {label}
        </Button>
        {refused !== undefined && PERSONAL.has(refused.name) ? (
          <Link to={`/identity?back=${encodeURIComponent(pathname)}`}>{say('switch.identity')}</Link>
        ) : null}
        <span className="muted" role="status">
          {wanted === undefined ? missing : isSent || tried.step === 'refuse' ? null : say(`try.${tried.step}`)}
        </span>
      </div>
    </div>
  )
}
