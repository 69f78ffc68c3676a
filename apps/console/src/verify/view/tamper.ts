import { h } from '../dom.ts'
import type { Say } from '../say.ts'
import { TAMPERINGS, type Tampering } from '../tamper.ts'

/** Lets a doubter change a copy of what holds, and see where it breaks. */
export function tamperView(
  say: Say,
  tampered: Tampering | undefined,
  set: (tampering: Tampering | undefined) => void,
): HTMLElement {
  const buttons = TAMPERINGS.map((each) =>
    h(
      'button',
      {
        type: 'button',
        id: `tamper-${each}`,
        class: 'plain-button',
        'aria-pressed': String(each === tampered),
        click: () => set(each),
      },
      say(`tamper.${each}`),
    ),
  )
  return h(
    'section',
    { class: 'part tamper', 'aria-label': say('tamper.title') },
    h('h2', {}, say('tamper.title')),
    h('p', { class: 'muted' }, say('tamper.lead')),
    h('div', { class: 'buttons' }, ...buttons),
  )
}
