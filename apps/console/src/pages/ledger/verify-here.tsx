import { Refused } from '@dujiang/client'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useGenesis } from '../../api/light.ts'
import { useLedger } from '../../api/ledger.tsx'
import { useWords } from '../../i18n/words.ts'
import { verifyLink } from '../../market/verify-link.ts'
import { usePreferences } from '../../preferences/preferences.ts'
import { download } from '../../ui/download.ts'
import { Note } from '../../ui/note.tsx'
import { Section } from '../../ui/page.tsx'
import { Qr } from '../../ui/qr.tsx'
import { sayIn } from '../../verify/say.ts'
import { showResult } from '../../verify/view/result.ts'
import '../../verify/steps.css'
import { ledgerWords } from './ledger-words.ts'

/** The proof of a receipt, checked in this browser by the very code of the page that verifies, and the ways to take it elsewhere. */
export function VerifyHere({ id, isProvable }: { readonly id: string; readonly isProvable: boolean }) {
  const say = useWords(ledgerWords)
  const { client } = useLedger()
  const genesis = useGenesis()
  const [proof, setProof] = useState<Uint8Array>()
  const [problem, setProblem] = useState<string>()
  const link = genesis === undefined ? undefined : verifyLink({ kind: 'receipt', id }, genesis.chain)
  const read = async (use: (proof: Uint8Array) => void): Promise<void> => {
    try {
      const found = await client.proof(id)
      setProblem(undefined)
      if (found !== undefined) use(found)
    } catch (cause) {
      setProblem(cause instanceof Refused ? cause.refusal.name : (cause as Error).message)
    }
  }
  const save = (bytes: Uint8Array): void => download(`${id.slice(0, 16)}.json`, new TextDecoder().decode(bytes))
  return (
    <Section title={say('verify.title')}>
      <div className="verify-here">
        <div>
          <p className="muted">{say('verify.lead')}</p>
          <div className="verify-actions">
            <Button
              type="primary"
              disabled={!isProvable}
              title={isProvable ? undefined : say('verify.waiting')}
              onClick={() => void read(setProof)}
            >
              {say('verify.go')}
            </Button>
            <Button disabled={!isProvable} onClick={() => void read(save)}>
              {say('verify.proof')}
            </Button>
            {link === undefined ? null : <a href={link}>{say('verify.page')}</a>}
          </div>
          {problem === undefined ? null : <Note tone="bad">{say('verify.failed', { reason: problem })}</Note>}
          {proof === undefined || genesis === undefined ? null : <Checked proof={proof} />}
        </div>
        {link === undefined ? null : (
          <figure>
            <Qr text={link} label={say('verify.qr')} />
            <figcaption className="muted">{say('verify.qr')}</figcaption>
          </figure>
        )}
      </div>
    </Section>
  )
}

/** What the verifier shows is plain DOM, the same here as on its own page. */
function Checked({ proof }: { readonly proof: Uint8Array }) {
  const place = useRef<HTMLDivElement>(null)
  const founded = useGenesis()
  const { language } = usePreferences()
  useEffect(() => {
    const { current } = place
    if (current === null || founded === undefined) return
    const end = new AbortController()
    const options = {
      say: sayIn(language),
      beside: { founded, kept: [], cards: [] },
      known: 'node',
      pinned: founded.chain,
      isOffline: false,
      tampered: undefined,
      isWithin: true,
      setTampered: () => {},
    } as const
    const evidence = { name: '', dropped: { kind: 'receipt', bytes: proof } } as const
    void showResult(current, evidence, options, end.signal).catch((cause: unknown) => {
      if (!end.signal.aborted) throw cause
    })
    return () => end.abort()
  }, [proof, founded, language])
  return <div className="evidence" ref={place} />
}
