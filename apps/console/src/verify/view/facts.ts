import { h } from '../dom.ts'

/** Names and values, side by side. */
export function factsView(rows: readonly (readonly [name: string, value: Node | string])[]): HTMLElement {
  return h(
    'dl',
    { class: 'facts' },
    ...rows.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  )
}

/** Something long that is not looked at every time. */
export function folded(title: string, value: unknown): HTMLElement {
  return h(
    'details',
    { class: 'folded' },
    h('summary', {}, title),
    h('pre', { class: 'mono', tabindex: '0' }, JSON.stringify(value, null, 2)),
  )
}
