import type { Language } from '../../preferences/store.ts'
import { h } from '../dom.ts'
import type { Say } from '../say.ts'

/** The bar over the page. */
export function topView(
  say: Say,
  language: Language,
  isOffline: boolean,
  choose: (language: Language) => void,
): HTMLElement {
  const languages = (
    [
      ['zh', '中'],
      ['en', 'EN'],
    ] as const
  ).map(([each, text]) =>
    h(
      'button',
      {
        type: 'button',
        id: `language-${each}`,
        'aria-pressed': String(each === language),
        lang: each,
        click: () => choose(each),
      },
      text,
    ),
  )
  return h(
    'header',
    { class: 'verify-top' },
    h('strong', {}, say('product')),
    isOffline
      ? h('span', { class: 'chip', 'data-tone': 'good' }, say('page.offline'))
      : h('a', { href: '/' }, say('console')),
    h('div', { class: 'languages', role: 'group', 'aria-label': say('language') }, ...languages),
  )
}

/** How to do the same where nobody is trusted, this node's code included. */
export function offlineView(say: Say): HTMLElement {
  return h(
    'section',
    { class: 'part offline', 'aria-label': say('offline.title') },
    h('h2', {}, say('offline.title')),
    h('p', {}, say('offline.lead')),
    h(
      'p',
      { class: 'buttons' },
      h(
        'a',
        { href: '/verify-offline.html', download: 'dujiang-verify.html', class: 'plain-button' },
        say('offline.get'),
      ),
      h('a', { href: '/v1/genesis', download: 'genesis.json', class: 'plain-button' }, say('genesis.get')),
    ),
  )
}
