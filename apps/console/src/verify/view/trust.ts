import type { TrustedKey } from '@dujiang/chain'
import { h } from '../dom.ts'
import type { Known } from '../pin.ts'
import type { Report } from '../report.ts'
import type { Say } from '../say.ts'

interface Ground {
  readonly chain: string
  readonly known: Known
  readonly isOffline: boolean
}

/** Whom one believes in believing the answer: nothing here is left out because it is always so. */
export function trustView(say: Say, { trusts, witnesses, about }: Report, ground: Ground): HTMLElement {
  const asksWitnesses = about === 'receipt' || about === 'state'
  return h(
    'section',
    { class: 'part trust', 'aria-label': say('trust.title') },
    h('h2', {}, say('trust.title')),
    h(
      'ul',
      {},
      layer(say('trust.genesis'), ground.known === 'node' || ground.known === 'wrong' ? 'warn' : 'good', [
        h('p', { class: 'mono' }, ground.chain),
        h('p', {}, say(`pin.${ground.known}`, { chain: ground.chain })),
      ]),
      trusts.length > 0 &&
        layer(say('trust.validators'), 'plain', [h('p', {}, say('trust.validators.why')), keysTable(say, trusts)]),
      asksWitnesses &&
        layer(say('trust.witnesses'), witnesses.length > 0 ? 'good' : 'plain', witnessLines(say, witnesses)),
      layer(say('trust.code'), ground.isOffline ? 'good' : 'plain', [
        h('p', {}, say(ground.isOffline ? 'trust.code.file' : 'trust.code.node')),
      ]),
    ),
  )
}

const layer = (title: string, tone: string, content: readonly HTMLElement[]): HTMLElement =>
  h('li', { 'data-tone': tone }, h('h3', {}, title), ...content)

function witnessLines(say: Say, witnesses: Report['witnesses']): readonly HTMLElement[] {
  if (witnesses.length === 0) return [h('p', {}, say('trust.witnesses.none'))]
  return witnesses.map(({ card, checkpoint }) =>
    h(
      'p',
      {},
      h('b', {}, `${card.org} ${card.name}`),
      ` ${say('trust.witnesses.held')} · ${say('shown.block')} ${checkpoint.height}`,
    ),
  )
}

function keysTable(say: Say, trusts: readonly TrustedKey[]): HTMLElement {
  const total = trusts.reduce((sum, { power }) => sum + power, 0)
  const head = ['trust.org', 'trust.key', 'trust.power'] as const
  return h(
    'table',
    { class: 'keys' },
    h('thead', {}, h('tr', {}, ...head.map((word) => h('th', { scope: 'col' }, say(word))))),
    h(
      'tbody',
      {},
      ...trusts.map(({ org, name, key, power }) =>
        h(
          'tr',
          {},
          h('td', {}, org === '' ? say('trust.joined') : org, ' ', h('small', {}, name)),
          h('td', { class: 'mono', title: key }, `${key.slice(0, 12)}…${key.slice(-6)}`),
          h('td', { class: 'power' }, `${power} / ${total}`),
        ),
      ),
    ),
  )
}
