import { h } from '../dom.ts'
import type { Compared, Report, Step } from '../report.ts'
import type { Say } from '../say.ts'
import type { VerifyWord } from '../verify-words.ts'

const REVEAL_MS = 110

export interface Revealed {
  readonly element: HTMLElement
  /** Shows one step after the other; ends at once where motion is not wanted. Rejects when the signal ends it. */
  reveal(signal: AbortSignal): Promise<void>
}

/** Every step with what it compared, in the order of the check. */
export function stepsView(say: Say, { steps, about }: Report): Revealed {
  const items = steps.map((step, at) => item(say, step, at + 1))
  const element = h('ol', { class: 'steps', 'aria-label': say('steps'), 'data-about': about }, ...items)
  return {
    element,
    async reveal(signal) {
      const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
      for (const [at, step] of steps.entries()) {
        if (!still && step.state !== 'unreached') await paused(signal)
        items[at]?.setAttribute('data-state', step.state)
      }
    },
  }
}

function item(say: Say, step: Step, number: number): HTMLLIElement {
  const { name, state, reason, compared } = step
  const title = say(`step.${name}`)
  return h(
    'li',
    { 'data-state': 'waiting', 'data-step': name },
    h(
      'details',
      { open: state === 'broken' },
      h(
        'summary',
        {},
        h('span', { class: 'step-mark', 'aria-hidden': 'true' }),
        h('span', { class: 'step-title' }, `${number}. ${title}`),
        h('span', { class: 'step-state' }, say(`state.${state}`)),
      ),
      state === 'broken' && h('p', { class: 'step-why' }, say(`broken.${name}` as VerifyWord)),
      reason !== undefined && h('p', { class: 'step-reason' }, say.reason(reason)),
      excerpt(say, step),
      compared.length > 0 && h('dl', { class: 'compared' }, ...compared.map((each) => comparison(say, each))),
    ),
  )
}

function comparison(say: Say, { word, stated, computed }: Compared): HTMLElement {
  const isSame = computed === undefined || computed === stated
  return h(
    'div',
    { 'data-same': String(isSame) },
    h('dt', {}, say(`word.${word}`)),
    h('dd', { class: 'mono' }, stated),
    computed !== undefined &&
      h(
        'dd',
        { class: 'mono' },
        `${say('compare.computed')} ${computed} `,
        h('b', {}, say(isSame ? 'compare.equal' : 'compare.differs')),
      ),
  )
}

function excerpt(say: Say, { excerpt: found }: Step): HTMLElement | undefined {
  if (found === undefined) return undefined
  const { atByte, before, bad, after } = found
  return h(
    'figure',
    { class: 'excerpt' },
    h('figcaption', {}, say('compare.excerpt', { at: atByte })),
    h('code', {}, `…${before}`, h('mark', {}, bad === ' ' ? '␣' : bad), `${after}…`),
  )
}

function paused(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const end = (): void => reject(signal.reason as Error)
    signal.addEventListener('abort', end, { once: true })
    setTimeout(() => {
      signal.removeEventListener('abort', end)
      resolve()
    }, REVEAL_MS)
  })
}
