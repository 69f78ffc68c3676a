import { h } from '../dom.ts'
import { type Pin, type Root, knownBy } from '../pin.ts'
import type { Say } from '../say.ts'

const PRINT = /^[0-9a-f]{64}$/

/** Where trust begins, and a place to compare its fingerprint. */
export function rootView(say: Say, lines: HTMLElement, setPin: (pin: Pin | undefined) => void): HTMLElement {
  return h(
    'section',
    { class: 'part', 'aria-label': say('trust.start') },
    h('h2', {}, say('trust.start')),
    lines,
    compareForm(say, setPin),
  )
}

/** The genesis file in use, and how it came here. */
export function rootLines(
  say: Say,
  root: Root | undefined,
  pin: Pin | undefined,
  isLoading: boolean,
): readonly HTMLElement[] {
  if (root === undefined) return [h('p', { class: 'muted' }, say(isLoading ? 'genesis.loading' : 'genesis.none'))]
  const known = knownBy(root, pin)
  const tone = known === 'wrong' ? 'bad' : known === 'node' ? 'warn' : 'good'
  return [
    h('p', {}, h('b', {}, root.founded.genesis.name)),
    h('p', { class: 'print-of', 'aria-label': say('genesis.print') }, ...grouped(root.founded.chain)),
    h('p', { class: 'note', 'data-tone': tone }, say(`pin.${known}`, { chain: pin?.chain ?? '' })),
  ]
}

/** Read out over the telephone, a fingerprint needs places to breathe. */
const grouped = (chain: string): readonly HTMLElement[] =>
  (chain.match(/.{8}/g) ?? []).map((part) => h('span', { class: 'mono' }, part))

function compareForm(say: Say, setPin: (pin: Pin | undefined) => void): HTMLElement {
  const input = h('input', {
    type: 'text',
    class: 'mono',
    id: 'print',
    spellcheck: 'false',
    autocomplete: 'off',
    'aria-describedby': 'print-fault',
  })
  const fault = h('small', { id: 'print-fault', role: 'alert' })
  const compare = (event: Event): void => {
    event.preventDefault()
    const chain = input.value.replaceAll(/\s/g, '').toLowerCase()
    const isPrint = PRINT.test(chain)
    fault.textContent = chain === '' || isPrint ? '' : say('pin.bad')
    if (chain === '' || isPrint) setPin(isPrint ? { chain, by: 'typed' } : undefined)
  }
  return h(
    'form',
    { class: 'compare', submit: compare },
    h('label', { for: 'print' }, say('pin.label')),
    h('div', {}, input, h('button', { type: 'submit', id: 'print-go', class: 'plain-button' }, say('pin.compare'))),
    fault,
  )
}
