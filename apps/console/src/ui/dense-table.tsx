import { useRef } from 'react'
import { RowFrame, type RowsProps } from './row-frame.tsx'

export type { Column } from './row-frame.tsx'

/** A table for people who read numbers all day. It bears 100,000 rows: only those in sight are in the page. */
export function DenseTable<Row>({ rows, ...rest }: RowsProps<Row> & { readonly rows: readonly Row[] }) {
  const frame = useRef<HTMLDivElement>(null)
  return <RowFrame {...rest} frame={frame} count={rows.length} rowAt={(at) => rows[at]} />
}
