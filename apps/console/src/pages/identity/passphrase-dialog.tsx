import { Input } from 'antd'
import { useState } from 'react'
import { useWords } from '../../i18n/words.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { identityWords } from './identity-words.ts'

/** The shortest passphrase that seals a key. */
export const PASSPHRASE_MIN = 8

interface PassphraseDialogProps {
  readonly title: string
  readonly label: string
  /** It seals from now on, and is asked for at its length. */
  readonly isNew: boolean
  /** False for a wrong one. */
  readonly onAnswer: (passphrase: string) => Promise<boolean>
  readonly onClose: () => void
}

/** Asks for a passphrase until it is right. */
export function PassphraseDialog({ title, label, isNew, onAnswer, onClose }: PassphraseDialogProps) {
  const say = useWords(identityWords)
  const [passphrase, setPassphrase] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const answer = async (): Promise<void> => {
    if (isNew && passphrase.length < PASSPHRASE_MIN) return setProblem(say('passphrase.short'))
    setBusy(true)
    const good = await onAnswer(passphrase)
    setBusy(false)
    if (good) onClose()
    else setProblem(say('passphrase.wrong'))
  }
  return (
    <Dialog
      open
      title={title}
      onCancel={onClose}
      onOk={() => void answer()}
      okText={title}
      cancelText={say('cancel')}
      confirmLoading={busy}
    >
      <Field label={label} problem={problem} hint={busy ? say('working') : undefined}>
        {(control) => (
          <Input.Password
            {...control}
            autoFocus
            autoComplete="current-password"
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
            onPressEnter={() => void answer()}
          />
        )}
      </Field>
    </Dialog>
  )
}
