import { nobleCrypto } from '@dujiang/crypto/noble'
import { h, standingIn } from '../dom.ts'
import { type Beside, examine } from '../examine.ts'
import type { Evidence } from '../given.ts'
import type { Known } from '../pin.ts'
import type { Say } from '../say.ts'
import { type Tampering, tamper } from '../tamper.ts'
import { shownView } from './shown.ts'
import { stepsView } from './steps.ts'
import { tamperView } from './tamper.ts'
import { trustView } from './trust.ts'
import { verdictView } from './verdict.ts'

export interface ResultOptions {
  readonly say: Say
  readonly beside: Beside
  readonly known: Known
  /** The fingerprint that came another way; the genesis file's own where none did. */
  readonly pinned: string
  readonly isOffline: boolean
  /** Stands within a page that says itself what is on record: then only the check is shown. */
  readonly isWithin: boolean
  readonly tampered: Tampering | undefined
  readonly setTampered: (tampering: Tampering | undefined) => void
}

/** Checks a file before one's eyes: the steps first, one after the other, then the answer, then whom it trusts. */
export async function showResult(
  place: HTMLElement,
  { dropped: { kind, bytes } }: Evidence,
  options: ResultOptions,
  signal: AbortSignal,
): Promise<void> {
  const { say, beside, known, pinned, isOffline, isWithin, tampered, setTampered } = options
  const given = tampered === undefined ? bytes : tamper(bytes, tampered)
  const report = examine(nobleCrypto, { kind, bytes: given }, beside)
  const steps = stepsView(say, report)
  const answer = h('div', { class: 'verdict', 'data-tone': 'plain', role: 'status' }, h('strong', {}, say('checking')))
  const back = standingIn(place)
  place.replaceChildren(...triedView(say, tampered, setTampered), answer, steps.element)
  await steps.reveal(signal)
  const verdict = verdictView(say, report, known, pinned)
  answer.replaceWith(verdict)
  if (report.shown !== undefined && !isWithin) verdict.after(shownView(say, report.shown))
  if (report.holds) place.append(trustView(say, report, { chain: beside.founded.chain, known, isOffline }))
  if (!isWithin && kind === 'receipt' && (report.holds || tampered !== undefined)) {
    place.append(tamperView(say, tampered, setTampered))
  }
  if (report.holds && !isWithin) {
    const print = h('button', { type: 'button', class: 'plain-button', click: () => window.print() }, say('print'))
    place.append(h('p', { class: 'buttons' }, print))
  }
  back()
}

/** A changed copy must not be taken for the file. */
function triedView(
  say: Say,
  tampered: Tampering | undefined,
  setTampered: ResultOptions['setTampered'],
): readonly HTMLElement[] {
  if (tampered === undefined) return []
  const back = h(
    'button',
    { type: 'button', class: 'plain-button', id: 'tamper-back', click: () => setTampered(undefined) },
    say('tamper.back'),
  )
  const words = say('tamper.shown', { what: say(`tamper.${tampered}`) })
  return [h('p', { class: 'note', 'data-tone': 'warn' }, `${words} `, back)]
}
