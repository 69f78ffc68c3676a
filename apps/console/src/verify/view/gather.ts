import { h } from '../dom.ts'
import { type Given, isEvidence, unusedWhy } from '../given.ts'
import type { Say } from '../say.ts'

export interface GatherActions {
  take(files: Iterable<File>): void
  takeText(text: string): void
  remove(given: Given): void
  choose(given: Given): void
}

/** Where files are put. The whole page takes what is dropped; this says so, and serves keyboards and phones. */
export function dropView(say: Say, actions: GatherActions): HTMLElement {
  const input = h('input', {
    type: 'file',
    multiple: true,
    class: 'unseen',
    id: 'files',
    'aria-label': say('drop.choose'),
  })
  input.addEventListener('change', () => {
    actions.take([...(input.files ?? [])])
    input.value = ''
  })
  const area = h('textarea', { rows: '6', id: 'paste-text', 'aria-label': say('paste.label'), spellcheck: 'false' })
  const go = (): void => {
    actions.takeText(area.value)
    area.value = ''
  }
  const paste = h(
    'details',
    { class: 'paste', id: 'paste' },
    h('summary', { id: 'paste-open' }, say('drop.paste')),
    area,
    h('button', { type: 'button', id: 'paste-go', class: 'main-button', click: go }, say('paste.go')),
  )
  return h(
    'section',
    { class: 'part', 'aria-label': say('drop.title') },
    h('h2', {}, say('drop.title')),
    h(
      'div',
      { class: 'drop' },
      h('strong', {}, say('drop.here')),
      h('p', {}, say('drop.kinds')),
      input,
      h('label', { for: 'files', class: 'main-button' }, say('drop.choose')),
    ),
    paste,
  )
}

/** What was given, each with what it is, or why it is of no use. */
export function givenView(
  say: Say,
  given: readonly Given[],
  current: Given | undefined,
  chain: string | undefined,
  actions: GatherActions,
): HTMLElement | undefined {
  if (given.length === 0) return undefined
  const items = given.map((each, at) => {
    const why = unusedWhy(given, each, chain)
    const kind = say(`kind.${each.dropped.kind}`)
    return h(
      'li',
      { 'data-current': String(each === current) },
      h('span', { class: 'chip', 'data-tone': why === undefined ? 'plain' : 'warn' }, kind),
      isEvidence(each)
        ? h(
            'button',
            {
              type: 'button',
              id: `given-${at}`,
              class: 'text-button',
              'aria-pressed': String(each === current),
              click: () => actions.choose(each),
            },
            each.name,
          )
        : h('span', {}, each.name),
      h(
        'button',
        {
          type: 'button',
          id: `remove-${at}`,
          class: 'text-button',
          'aria-label': say('given.remove', { name: each.name }),
          click: () => actions.remove(each),
        },
        '×',
      ),
      why !== undefined && h('small', {}, `${say(why.word, { at: why.at })} ${say.reason(why.said)}`.trim()),
    )
  })
  return h(
    'section',
    { class: 'part', 'aria-label': say('given.title') },
    h('h2', {}, say('given.title')),
    h('ul', { class: 'given' }, ...items),
  )
}
