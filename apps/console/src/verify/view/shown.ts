import type { LightAttack } from '@dujiang/chain'
import { toHex } from '@dujiang/core/crypto'
import { formatInstant } from '@dujiang/core/time'
import { h } from '../dom.ts'
import type { Shown } from '../report.ts'
import type { Say } from '../say.ts'
import { factsView, folded } from './facts.ts'

/** What a file that holds says. */
export function shownView(say: Say, shown: Shown): HTMLElement {
  const title = say(`shown.${shown.kind}`)
  return h('section', { class: 'part', 'aria-label': title }, h('h2', {}, title), ...content(say, shown))
}

function content(say: Say, shown: Shown): readonly HTMLElement[] {
  switch (shown.kind) {
    case 'receipt':
      return receiptContent(say, shown)
    case 'state': {
      const { key, value, height } = shown
      const rows = [
        [say('shown.key'), mono(key)],
        [say('shown.block'), String(height - 1)],
      ] as const
      return [factsView(rows), value === undefined ? h('p', {}, say('shown.noRow')) : folded(say('shown.value'), value)]
    }
    case 'promise': {
      const { verdict, node, org } = shown
      const due = 'deadlineMs' in verdict ? formatInstant(verdict.deadlineMs).slice(0, 19) : '—'
      return [
        factsView([
          [say('word.node'), org === undefined ? mono(node) : org],
          [say('shown.deadline'), due],
          [say('shown.reason'), say.reason(verdict.reason)],
        ]),
      ]
    }
    case 'divergence':
      return shown.attacks.map((attack, at) => accused(say, shown, shown.sources[at as 0 | 1], attack))
  }
}

function receiptContent(
  say: Say,
  { receipt, events, act }: Shown & { readonly kind: 'receipt' },
): readonly HTMLElement[] {
  const { code, refusal } = receipt
  const decision =
    code === 0
      ? h('span', { class: 'chip', 'data-tone': 'good' }, say('shown.accepted'))
      : h('span', { class: 'chip', 'data-tone': 'bad' }, say('shown.refused', { name: refusal?.name ?? '', code }))
  const rows: (readonly [string, Node | string])[] = [
    [say(receipt.kind === 'due' ? 'shown.due' : 'shown.act'), mono(receipt.act)],
    [say('shown.org'), receipt.org ?? '—'],
    [say('shown.decision'), decision],
    [say('shown.time'), formatInstant(receipt.time).slice(0, 19)],
    [say('shown.block'), String(receipt.height)],
    [say('shown.index'), String(receipt.index)],
    [say('word.id'), mono(receipt.id)],
  ]
  return [
    factsView(rows),
    ...(refusal === undefined ? [] : [folded(say('shown.facts'), refusal.facts)]),
    ...(act === undefined ? [] : [folded(say('shown.payload'), act.body.payload)]),
    ...(events.length === 0 ? [] : [folded(say('shown.events'), events)]),
  ]
}

function accused(
  say: Say,
  { orgs }: Shown & { readonly kind: 'divergence' },
  source: string,
  { kind, commonHeight, byzantine }: LightAttack,
): HTMLElement {
  const who = byzantine.map(({ publicKey, power }) =>
    h(
      'li',
      {},
      `${orgs.get(toHex(publicKey)) ?? say('trust.joined')} `,
      mono(toHex(publicKey)),
      ` · ${say('trust.power')} ${power}`,
    ),
  )
  return h(
    'div',
    {},
    h('h3', {}, `${say('shown.if.false', { source })} (${kind}, ${commonHeight})`),
    who.length === 0 ? h('p', {}, say('shown.nobody')) : h('ul', {}, ...who),
  )
}

const mono = (text: string): HTMLElement => h('span', { class: 'mono' }, text)
