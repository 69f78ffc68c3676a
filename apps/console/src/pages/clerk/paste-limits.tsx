import type { Unit } from '@dujiang/market'
import { Button, Input } from 'antd'
import { useId, useMemo, useState } from 'react'
import type { Named } from '../../api/sessions.ts'
import type { LimitsDraft } from '../../forms/limits/limits-draft.ts'
import { type PastedLine, readPasted } from '../../forms/limits/paste-limits.ts'
import { useWords } from '../../i18n/words.ts'
import { Chip } from '../../ui/chip.tsx'
import { DenseTable } from '../../ui/dense-table.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { unitsWords } from './units-words.ts'

interface PasteLimitsProps {
  readonly units: readonly Named<Unit>[]
  readonly periods: number
  readonly onTake: (limits: LimitsDraft) => void
}

/** A table of limits from a spreadsheet, shown line by line before it is taken; lines that cannot be used say why. */
export function PasteLimits({ units, periods, onTake }: PasteLimitsProps) {
  const say = useWords(unitsWords)
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const [text, setText] = useState('')
  const known = useMemo(() => new Set(units.map((unit) => unit.id)), [units])
  const lines = useMemo(() => (text === '' ? [] : readPasted(text, periods, known)), [text, periods, known])
  const good = lines.filter(({ fault }) => fault === undefined)
  const close = (): void => {
    setOpen(false)
    setText('')
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{say('paste.title')}</Button>
      <Dialog
        open={isOpen}
        title={say('paste.title')}
        width={720}
        onCancel={close}
        okText={say('paste.take', { count: good.length })}
        okButtonProps={{ disabled: good.length === 0 }}
        onOk={() => {
          onTake(new Map(good.map(({ unit, texts }) => [unit, texts])))
          close()
        }}
      >
        <p className="muted">{say('paste.how')}</p>
        <label className="unseen" htmlFor={id}>
          {say('paste.here')}
        </label>
        <Input.TextArea
          id={id}
          className="mono"
          placeholder={say('paste.here')}
          rows={6}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {lines.length === 0 ? null : (
          <>
            <p role="status">{say('paste.counts', { good: good.length, bad: lines.length - good.length })}</p>
            <Preview lines={lines} />
          </>
        )}
      </Dialog>
    </>
  )
}

function Preview({ lines }: { readonly lines: readonly PastedLine[] }) {
  const say = useWords(unitsWords)
  return (
    <DenseTable
      label={say('paste.title')}
      rows={lines}
      rowKey={({ line }) => String(line)}
      heightMax={260}
      columns={[
        {
          key: 'line',
          title: '',
          width: 76,
          cell: ({ line }) => <span className="muted">{say('paste.line', { line })}</span>,
        },
        { key: 'unit', title: say('col.unit'), width: 130, cell: ({ unit }) => <strong>{unit}</strong> },
        {
          key: 'fault',
          title: say('col.state'),
          width: 170,
          cell: ({ fault }) => (fault === undefined ? null : <Chip tone="bad">{say(`fault.${fault}`)}</Chip>),
        },
        { key: 'texts', title: say('edit.limit'), cell: ({ texts }) => texts.join('  ') },
      ]}
    />
  )
}
