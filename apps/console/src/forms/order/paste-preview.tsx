import type { Session } from '@dujiang/market'
import { Button, Input } from 'antd'
import { useMemo, useState } from 'react'
import { uiWords } from '../../i18n/ui-words.ts'
import { useWords } from '../../i18n/words.ts'
import { Dialog } from '../../ui/dialog.tsx'
import type { CellMark } from '../../ui/grid/cell-grid.tsx'
import { type Cells, readCells } from '../../ui/grid/clipboard.ts'
import { Note } from '../../ui/note.tsx'
import { type Draft, edited } from './draft.ts'
import type { Marks } from './marks.ts'
import { OrderLadder } from './order-ladder.tsx'
import { orderWords } from './order-words.ts'
import { readBlock } from './paste.ts'

export interface Pasting {
  /** Undefined until something is pasted into the dialog. */
  readonly cells: Cells | undefined
  readonly at: { readonly row: number; readonly column: number }
}

interface PastePreviewProps {
  readonly session: Session
  readonly draft: Draft
  readonly pasting: Pasting | undefined
  /** What the rules would say of a draft. */
  readonly marksFor: (draft: Draft) => Marks
  readonly onCells: (cells: Cells) => void
  readonly onTake: (draft: Draft) => void
  readonly onLeave: () => void
}

/** The ladder as it would be, before anything is taken over: every cell that cannot stand is marked, with its reason. */
export function PastePreview(props: PastePreviewProps) {
  const { session, draft, pasting, marksFor, onCells, onTake, onLeave } = props
  const say = useWords(orderWords)
  const comma = useWords(uiWords)('list.comma')
  const preview = useMemo(
    () => (pasting?.cells === undefined ? undefined : previewOf(pasting.cells, draft, pasting.at)),
    [pasting, draft],
  )
  const marks = preview && withChanged(marksFor(preview.draft), preview.pasted.cells, say)
  const unclear = preview?.pasted.unclear ?? []
  const bad = preview?.pasted.cells.filter(({ row, column }) => marks?.at(row, column)?.level === 'bad').length ?? 0
  return (
    <Dialog
      open={pasting !== undefined}
      title={say('paste.title')}
      width={860}
      onCancel={onLeave}
      destroyOnHidden
      footer={[
        <Button key="leave" onClick={onLeave}>
          {say('paste.cancel')}
        </Button>,
        <Button
          key="take"
          type="primary"
          disabled={preview === undefined || unclear.length > 0}
          onClick={() => preview && onTake(preview.draft)}
        >
          {say('paste.take')}
        </Button>,
      ]}
    >
      {unclear.length > 0 ? (
        <Note tone="bad" title={say('paste.unclear', { columns: unclear.join(comma) })}>
          <p>{say('paste.unclear.how')}</p>
        </Note>
      ) : null}
      {preview === undefined || marks === undefined || unclear.length > 0 ? (
        <PasteBox onCells={onCells} />
      ) : (
        <>
          <p role="status" className="paste-counts">
            <strong>{say('paste.counts', { good: preview.pasted.cells.length - bad, bad })}</strong>
            {remarksOf(preview.pasted, say).map((remark) => (
              <span key={remark} className="muted">
                {remark}
              </span>
            ))}
          </p>
          <div className="paste-ladder">
            <OrderLadder session={session} draft={preview.draft} marks={marks} />
          </div>
        </>
      )}
    </Dialog>
  )
}

function PasteBox({ onCells }: { readonly onCells: (cells: Cells) => void }) {
  const say = useWords(orderWords)
  const [text, setText] = useState('')
  return (
    <label className="paste-box">
      <span className="muted">{say('paste.how')}</span>
      <Input.TextArea
        autoFocus
        rows={8}
        aria-label={say('paste.here')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onPaste={(event) => {
          event.preventDefault()
          onCells(readCells(event.clipboardData.getData('text/plain')))
        }}
      />
      <Button disabled={text.trim() === ''} onClick={() => onCells(readCells(text))}>
        {say('paste.title')}
      </Button>
    </label>
  )
}

type Pasted = ReturnType<typeof readBlock>
type Say = ReturnType<typeof useWords<(typeof orderWords)['keys'][number]>>

function previewOf(cells: Cells, draft: Draft, at: Pasting['at']): { readonly pasted: Pasted; readonly draft: Draft } {
  const pasted = readBlock(cells, draft, at)
  return { pasted, draft: edited(draft, pasted.cells) }
}

/** Marks also what was understood only after separators were taken out, so that nothing is changed unseen. */
function withChanged(marks: Marks, cells: Pasted['cells'], say: Say): Marks {
  const changed = new Map<string, CellMark>(
    cells
      .filter(({ state }) => state === 'changed')
      .map(({ row, column, from }) => [`${row}-${column}`, { level: 'warn', text: say('paste.was', { from }) }]),
  )
  return { ...marks, at: (row, column) => marks.at(row, column) ?? changed.get(`${row}-${column}`) }
}

function remarksOf({ cells, heads, labelled, leftOut, further, outside, others }: Pasted, say: Say): readonly string[] {
  const changed = cells.filter(({ state }) => state === 'changed').length
  return [
    ...(changed > 0 ? [say('paste.changed', { count: changed })] : []),
    ...(heads > 0 ? [say('paste.heads', { count: heads })] : []),
    ...(labelled ? [say('paste.labelled')] : []),
    ...(further > 0 ? [say('paste.further', { count: further })] : []),
    ...(leftOut.length > 0 ? [say('paste.left.out', { rows: namesOf(leftOut) })] : []),
    ...(outside > 0 ? [say('paste.outside', { count: outside })] : []),
    ...(others.length > 0 ? [say('paste.others', { columns: namesOf(others) })] : []),
  ]
}

const NAMED = 3

/** The first few, as they stood in the block. */
function namesOf(rows: readonly string[]): string {
  const named = rows.slice(0, NAMED).map((row) => (row === '' ? '—' : row))
  return [...named, ...(rows.length > NAMED ? [`… ${rows.length}`] : [])].join(', ')
}
