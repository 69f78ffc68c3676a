import { useWords } from '../../i18n/words.ts'
import { useReadable } from '../../market/readable.ts'
import { periodLabel } from '../../ui/period.tsx'
import { type CellFault, isVolume, stepOfColumn } from './draft.ts'
import type { Problem } from './marks.ts'
import { orderWords } from './order-words.ts'

const SHOWN = 4

interface ProblemListProps {
  readonly faults: readonly CellFault[]
  readonly problems: readonly Problem[]
  readonly periods: number
}

/** What has to be corrected, in the rules' own words; the first few, since all are marked at their cells. */
export function ProblemList({ faults, problems, periods }: ProblemListProps) {
  const say = useWords(orderWords)
  const readable = useReadable()
  const sentences = [
    ...faults.map(({ row, column, reason }) => {
      const step = stepOfColumn(column)
      const cell = say(isVolume(column) ? 'step.volume' : 'step.price', { step })
      return `${periodLabel(row + 1, periods)} ${cell}: ${say(`reason.${reason}`)}`
    }),
    ...problems.map(readable),
  ]
  if (sentences.length === 0) return null
  return (
    <div className="problems" role="status">
      <strong>{say('problems.title', { count: sentences.length })}</strong>
      <ul>
        {sentences.slice(0, SHOWN).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {sentences.length > SHOWN ? (
        <p className="muted">{say('problems.more', { count: sentences.length - SHOWN })}</p>
      ) : null}
    </div>
  )
}
