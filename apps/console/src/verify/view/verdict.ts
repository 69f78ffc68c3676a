import { h } from '../dom.ts'
import type { Known } from '../pin.ts'
import type { Report } from '../report.ts'
import type { Say } from '../say.ts'

type Tone = 'good' | 'warn' | 'bad'

interface Verdict {
  readonly tone: Tone
  readonly title: string
  readonly lines: readonly string[]
}

/** The answer in one glance, spoken when it is there. */
export function verdictView(say: Say, report: Report, known: Known, chain: string): HTMLElement {
  const { tone, title, lines } = verdictOf(say, report, known, chain)
  return h(
    'div',
    { class: 'verdict', 'data-tone': tone, role: 'status' },
    h('strong', {}, title),
    ...lines.map((line) => h('span', {}, line)),
  )
}

function verdictOf(say: Say, report: Report, known: Known, chain: string): Verdict {
  const { steps, holds, shown } = report
  if (known === 'wrong') return { tone: 'bad', title: say('verdict.broken'), lines: [say('pin.wrong', { chain })] }
  if (!holds) {
    const at = steps.findIndex(({ state }) => state === 'broken')
    const name = steps[at]?.name ?? 'form'
    const line = say('verdict.broken.at', { step: at + 1, title: say(`step.${name}`) })
    return { tone: 'bad', title: say('verdict.broken'), lines: [line] }
  }
  const checked = steps.filter(({ state }) => state === 'held' || state === 'open').length
  const all = say('verdict.holds.all', { count: checked })
  const lines = known === 'node' ? [all, say('verdict.holds.node')] : [all]
  if (shown?.kind === 'divergence') {
    return { tone: 'bad', title: say('verdict.divergence'), lines: [say('verdict.divergence.why'), ...lines] }
  }
  if (shown?.kind === 'promise') return { ...promise(say, shown.verdict.verdict), lines }
  return { tone: 'good', title: say('verdict.holds'), lines }
}

function promise(
  say: Say,
  verdict: 'kept' | 'broken' | 'open' | 'unfounded',
): { readonly tone: Tone; readonly title: string } {
  if (verdict === 'kept') return { tone: 'good', title: say('verdict.kept') }
  if (verdict === 'broken') return { tone: 'bad', title: say('verdict.promise.broken') }
  return { tone: 'warn', title: say('verdict.open') }
}
