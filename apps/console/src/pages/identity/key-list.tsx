import { type KeyFile, readKeyFile } from '@dujiang/client'
import { App, Button, Popconfirm } from 'antd'
import { type ChangeEvent, useRef, useState } from 'react'
import { useWords } from '../../i18n/words.ts'
import { useBrowserKeys } from '../../keys/browser-keys.ts'
import type { KeptKey } from '../../keys/key-store.ts'
import { canSeal } from '../../keys/seal.ts'
import { DenseTable } from '../../ui/dense-table.tsx'
import { download } from '../../ui/download.ts'
import { HashText } from '../../ui/hash.tsx'
import { Instant } from '../../ui/instant.tsx'
import { Note } from '../../ui/note.tsx'
import { Section } from '../../ui/page.tsx'
import { useGoOn } from './go-on.ts'
import { identityWords } from './identity-words.ts'
import { NewKeyDialog } from './new-key-dialog.tsx'
import { PassphraseDialog } from './passphrase-dialog.tsx'

type Asked =
  | { readonly what: 'new' }
  | { readonly what: 'unlock' | 'export'; readonly key: KeptKey }
  | { readonly what: 'import'; readonly file: KeyFile }

/** The keys that this browser keeps: make, import, sign in, export, remove. */
export function KeyList() {
  const say = useWords(identityWords)
  const { message } = App.useApp()
  const store = useBrowserKeys()
  const [asked, setAsked] = useState<Asked>()
  const picker = useRef<HTMLInputElement>(null)
  const goOn = useGoOn()

  const pick = async ({ target }: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const text = await target.files?.[0]?.text()
    target.value = ''
    const file = readKeyFile(text ?? '')
    if (file === undefined) message.error(say('file.not.a.key'))
    else setAsked({ what: 'import', file })
  }
  const answer = async (passphrase: string): Promise<boolean> => {
    if (asked?.what === 'import') return store.importFile(asked.file, passphrase)
    if (asked?.what === 'unlock') {
      const good = await store.unlock(asked.key, passphrase)
      if (good) goOn()
      return good
    }
    if (asked?.what !== 'export') return false
    const text = await store.exportFile(asked.key, passphrase)
    if (text !== undefined) download(`${asked.key.org}-${asked.key.key.slice(0, 8)}.json`, text)
    return text !== undefined
  }

  if (!canSeal()) {
    return (
      <Section title={say('keys.title')}>
        <Note tone="warn">{say('keys.insecure')}</Note>
      </Section>
    )
  }
  const actions = (
    <div className="page-actions">
      <Button onClick={() => setAsked({ what: 'new' })}>{say('key.new')}</Button>
      <Button onClick={() => picker.current?.click()}>{say('key.import')}</Button>
      <input
        ref={picker}
        className="unseen"
        type="file"
        accept="application/json,.json"
        tabIndex={-1}
        aria-label={say('key.import')}
        onChange={(event) => void pick(event)}
      />
    </div>
  )
  return (
    <Section title={say('keys.title')} actions={actions}>
      <p className="muted">{say('keys.lead')}</p>
      {store.keys.length === 0 ? (
        <p>{say('keys.none')}</p>
      ) : (
        <DenseTable
          label={say('keys.title')}
          rows={store.keys}
          rowKey={({ key }) => key}
          columns={[
            { key: 'org', title: say('key.org'), cell: ({ org }) => org },
            { key: 'key', title: say('key.id'), cell: ({ key }) => <HashText value={key} /> },
            { key: 'scheme', title: say('key.scheme'), cell: ({ scheme }) => scheme.toUpperCase() },
            { key: 'kept', title: say('key.kept'), cell: ({ keptMs }) => <Instant atMs={keptMs} /> },
            {
              key: 'actions',
              title: say('key.actions'),
              cell: (key) => (
                <span className="row-actions">
                  <Button size="small" type="primary" onClick={() => setAsked({ what: 'unlock', key })}>
                    {say('key.unlock')}
                  </Button>
                  <Button size="small" onClick={() => setAsked({ what: 'export', key })}>
                    {say('key.export')}
                  </Button>
                  <Popconfirm
                    title={say('forget.sure', { org: key.org })}
                    okText={say('key.forget')}
                    cancelText={say('cancel')}
                    onConfirm={() => void store.forget(key)}
                  >
                    <Button size="small" danger>
                      {say('key.forget')}
                    </Button>
                  </Popconfirm>
                </span>
              ),
            },
          ]}
        />
      )}
      {asked?.what === 'new' ? (
        <NewKeyDialog onMake={(...key) => store.create(...key)} onClose={() => setAsked(undefined)} />
      ) : null}
      {asked === undefined || asked.what === 'new' ? null : (
        <PassphraseDialog
          title={say(asked.what === 'import' ? 'key.import' : `key.${asked.what}`)}
          label={
            asked.what !== 'import'
              ? say('passphrase')
              : say(asked.file.sealed === undefined ? 'passphrase.for.open.file' : 'passphrase.of.file')
          }
          isNew={asked.what === 'import' && asked.file.sealed === undefined}
          onAnswer={answer}
          onClose={() => setAsked(undefined)}
        />
      )}
    </Section>
  )
}
