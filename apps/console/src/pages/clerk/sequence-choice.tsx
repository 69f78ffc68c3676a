import { Input, Select } from 'antd'
import { useId, useState } from 'react'
import { useAct } from '../../api/act.ts'
import { useLedger } from '../../api/ledger.tsx'
import { useSequences } from '../../api/sessions.ts'
import { useWords } from '../../i18n/words.ts'
import { ActProgress } from '../../market/act-progress.tsx'
import { SendButton } from '../../market/send-button.tsx'
import type { InputProps } from '../../ui/field.tsx'
import { announceWords } from './announce-words.ts'

interface SequenceChoiceProps {
  readonly input: InputProps
  readonly value: string
  readonly onChange: (sequence: string) => void
}

/** A sequence of the own organisation, or a new one, which is an act of its own. */
export function SequenceChoice({ input, value, onChange }: SequenceChoiceProps) {
  const say = useWords(announceWords)
  const { identity } = useLedger()
  const all = useSequences()
  const mine = all?.filter(({ org }) => org === identity?.org) ?? []
  const isKnown = mine.some(({ id }) => id === value)
  const [isNew, setNew] = useState(false)
  return (
    <div className="sequence">
      <Select
        {...input}
        value={isNew || !isKnown ? '' : value}
        options={[
          ...[...mine].reverse().map(({ id, name }) => ({ value: id, label: `${id} ${name}` })),
          { value: '', label: say('sequence.new') },
        ]}
        onChange={(chosen) => {
          setNew(chosen === '')
          if (chosen !== '') onChange(chosen)
        }}
      />
      {all === undefined || (isKnown && !isNew) ? null : (
        <NewSequence
          suggested={isKnown ? '' : value}
          onOpened={(sequence) => {
            setNew(false)
            onChange(sequence)
          }}
        />
      )}
    </div>
  )
}

function NewSequence({
  suggested,
  onOpened,
}: {
  readonly suggested: string
  readonly onOpened: (sequence: string) => void
}) {
  const say = useWords(announceWords)
  const ids = useId()
  const acting = useAct('sequence')
  const [sequence, setSequence] = useState(suggested)
  const [name, setName] = useState('')
  const isWhole = sequence !== '' && name.trim() !== ''
  return (
    <div className="inset">
      {suggested === '' ? null : <p className="muted">{say('sequence.none', { sequence: suggested })}</p>}
      <label htmlFor={`${ids}-id`}>{say('sequence.id')}</label>
      <Input id={`${ids}-id`} value={sequence} onChange={(event) => setSequence(event.target.value)} />
      <label htmlFor={`${ids}-name`}>{say('sequence.name')}</label>
      <Input id={`${ids}-name`} value={name} onChange={(event) => setName(event.target.value)} />
      <SendButton
        acting={acting}
        wanted={isWhole ? { act: 'auction.sequence.open', payload: { sequence, name: name.trim() } } : undefined}
        label={say('sequence.open')}
        missing={say('sequence.missing')}
        onSent={({ step }) => {
          if (step === 'committed') onOpened(sequence)
        }}
      />
      <ActProgress state={acting.state} />
    </div>
  )
}
