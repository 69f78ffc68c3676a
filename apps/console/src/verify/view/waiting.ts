import { VERIFY_STEPS } from '@dujiang/chain'
import type { Asked } from '../address.ts'
import { h } from '../dom.ts'
import type { Fetched } from '../node.ts'
import type { Say } from '../say.ts'
import { stepsView } from './steps.ts'

/** What the address has asked for, and why it is not there; still on its way without `trouble`. */
export interface Awaited {
  readonly asked: Asked
  readonly trouble?: Exclude<Fetched, { readonly bytes: Uint8Array }>
}

/** Stands where the result will stand when something is on its way, or could not be had. */
export function awaitedView(say: Say, { trouble }: Awaited, again: () => void): HTMLElement {
  if (trouble === undefined) return h('p', { class: 'waiting', role: 'status' }, say('asked.loading'))
  const words = 'trouble' in trouble ? say(`asked.${trouble.trouble}`) : say('asked.failed', { reason: trouble.failed })
  const button = h('button', { type: 'button', class: 'plain-button', click: again }, say('asked.again'))
  return h('div', { class: 'waiting', role: 'status' }, h('p', {}, words), button)
}

/** Before anything was given: what will be checked, so that one knows before one hands something over. */
export function emptyView(say: Say, lacksGenesis: boolean, newest: (() => void) | undefined): HTMLElement {
  const steps = VERIFY_STEPS.map((name) => ({ name, state: 'unreached' as const, compared: [] }))
  const { element } = stepsView(say, { about: 'receipt', steps, holds: false, trusts: [], witnesses: [] })
  return h(
    'div',
    { class: 'waiting' },
    h('p', {}, say(lacksGenesis ? 'genesis.none' : 'waiting')),
    newest !== undefined &&
      h('button', { type: 'button', class: 'plain-button', click: newest }, say('waiting.newest')),
    h('h2', {}, say('waiting.steps')),
    element,
  )
}
