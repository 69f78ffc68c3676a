import type { Scheme } from '@dujiang/core/crypto'
import { Button, Input, Segmented } from 'antd'
import { useState } from 'react'
import { useWords } from '../../i18n/words.ts'
import type { KeptKey } from '../../keys/key-store.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { HashText } from '../../ui/hash.tsx'
import { Note } from '../../ui/note.tsx'
import { identityWords } from './identity-words.ts'
import { PASSPHRASE_MIN } from './passphrase-dialog.tsx'

interface NewKeyDialogProps {
  readonly onMake: (org: string, scheme: Scheme, passphrase: string) => Promise<KeptKey>
  readonly onClose: () => void
}

const ORG = /^[A-Za-z0-9][A-Za-z0-9._-]{0,47}$/

/** Makes a key in this browser, and shows the public part that is to be put on record. */
export function NewKeyDialog({ onMake, onClose }: NewKeyDialogProps) {
  const say = useWords(identityWords)
  const [org, setOrg] = useState('')
  const [scheme, setScheme] = useState<Scheme>('sm2')
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [busy, setBusy] = useState(false)
  const [made, setMade] = useState<KeptKey>()
  const short = passphrase !== '' && passphrase.length < PASSPHRASE_MIN ? say('passphrase.short') : undefined
  const differs = again !== '' && again !== passphrase ? say('passphrase.differs') : undefined
  const ready = ORG.test(org) && passphrase.length >= PASSPHRASE_MIN && again === passphrase
  const make = async (): Promise<void> => {
    setBusy(true)
    setMade(await onMake(org, scheme, passphrase))
    setBusy(false)
  }
  if (made !== undefined) {
    return (
      <Dialog
        open
        title={say('key.made')}
        onCancel={onClose}
        footer={<Button onClick={onClose}>{say('key.made.seen')}</Button>}
      >
        <Facts
          rows={[
            [say('key.org'), made.org],
            [say('key.id'), <HashText key="id" value={made.key} whole />],
            [say('key.public'), <HashText key="public" value={made.publicKey} whole />],
          ]}
        />
        <Note tone="accent">{say('key.made.next')}</Note>
      </Dialog>
    )
  }
  return (
    <Dialog
      open
      title={say('key.new')}
      onCancel={onClose}
      onOk={() => void make()}
      okText={say('key.new')}
      okButtonProps={{ disabled: !ready }}
      cancelText={say('cancel')}
      confirmLoading={busy}
    >
      <Field label={say('key.org')}>
        {(control) => (
          <Input {...control} autoFocus value={org} onChange={(event) => setOrg(event.target.value.trim())} />
        )}
      </Field>
      <Field label={say('key.scheme')}>
        {() => (
          <Segmented<Scheme>
            aria-label={say('key.scheme')}
            value={scheme}
            options={[
              { value: 'sm2', label: 'SM2' },
              { value: 'ed25519', label: 'Ed25519' },
            ]}
            onChange={setScheme}
          />
        )}
      </Field>
      <Field label={say('passphrase')} problem={short}>
        {(control) => (
          <Input.Password
            {...control}
            autoComplete="new-password"
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
          />
        )}
      </Field>
      <Field label={say('passphrase.again')} problem={differs} hint={busy ? say('working') : undefined}>
        {(control) => (
          <Input.Password
            {...control}
            autoComplete="new-password"
            value={again}
            onChange={(event) => setAgain(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  )
}
