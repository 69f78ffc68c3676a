import { Button } from 'antd'
import { useRef } from 'react'
import { uiWords } from '../i18n/ui-words.ts'
import { useWords } from '../i18n/words.ts'
import { RowFrame, type RowsProps } from './row-frame.tsx'

interface LongTableProps<Row> extends RowsProps<Row> {
  /** Rows that are read as they come in sight. */
  readonly list: {
    readonly name: string
    readonly count: number | undefined
    readonly rowAt: (at: number) => Row | undefined
    readonly show: (first: number, last: number) => void
    readonly isStill: boolean
    readonly isOld: boolean
  }
}

/** A table of rows that are elsewhere, however many: the scrollbar leads to any of them. */
export function LongTable<Row>({ list, ...rest }: LongTableProps<Row>) {
  const say = useWords(uiWords)
  const frame = useRef<HTMLDivElement>(null)
  const { name, count = 0, rowAt, show, isStill, isOld } = list
  return (
    <>
      {/* Another list begins at its top. */}
      <RowFrame key={name} {...rest} frame={frame} count={count} rowAt={rowAt} onSight={show} isBusy={isOld} />
      <div className="below-table">
        <span className="figure">{say('table.rows', { count: count.toLocaleString('en') })}</span>
        {isStill ? (
          <>
            <span>{say('table.still')}</span>
            <Button size="small" onClick={() => frame.current?.scrollTo({ top: 0 })}>
              {say('table.restart')}
            </Button>
          </>
        ) : null}
      </div>
    </>
  )
}
