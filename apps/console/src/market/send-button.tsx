import type { Wanted } from '@dujiang/client'
import { Button } from 'antd'
import type { Acting, ActState } from '../api/act.ts'
import { useTryOut } from '../api/try-out.ts'
import { useWords } from '../i18n/words.ts'
import { marketWords } from './market-words.ts'
import { RefusalNote } from './refusal-note.tsx'

interface SendButtonProps {
  readonly acting: Acting
  /** Undefined while something is missing. */
  readonly wanted: Wanted | undefined
  readonly label: string
  /** Why nothing can be sent yet, as a sentence. */
  readonly missing?: string
  readonly danger?: boolean
  readonly onSent?: (state: ActState) => void
}

/**
 * Tries an act out and says what would be decided, then signs and sends it. What would be refused cannot be sent, and the
 * reason stands above the button; how far it has come is shown by the page (ActProgress), since this may be gone by then.
 */
export function SendButton({ acting, wanted, label, missing, danger = false, onSent }: SendButtonProps) {
  const say = useWords(marketWords)
  const { busy, state } = acting
  const isSent = busy || state.step === 'committed' || state.step === 'provable'
  const tried = useTryOut(isSent ? undefined : wanted)
  const refused = tried.step === 'refuse' ? tried.why : undefined
  const press = async (): Promise<void> => {
    if (wanted === undefined) return
    const end = await acting.send(wanted)
    onSent?.(end)
  }
  return (
    <div className="send">
      {refused === undefined || isSent ? null : <RefusalNote why={refused} tried />}
      <div className="send-line">
        <Button
          type="primary"
          danger={danger}
          disabled={wanted === undefined || refused !== undefined}
          loading={busy}
          onClick={() => void press()}
        >
          {label}
        </Button>
        <span className="muted" role="status">
          {wanted === undefined ? missing : isSent || tried.step === 'refuse' ? null : say(`try.${tried.step}`)}
        </span>
      </div>
    </div>
  )
}
