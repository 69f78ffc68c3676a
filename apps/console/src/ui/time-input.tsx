import { Input } from 'antd'
import { useRef } from 'react'
import { uiWords } from '../i18n/ui-words.ts'
import { useWords } from '../i18n/words.ts'
import type { InputProps } from './field.tsx'

interface TimeInputProps extends InputProps {
  /** A day as 2026-12-01, or an instant as 2026-12-01 09:30:00. */
  readonly kind: 'day' | 'instant'
  readonly value: string
  readonly disabled?: boolean
  readonly onChange: (text: string) => void
}

/**
 * A day or an instant, typed as the rest of the console writes it: what a browser has of its own for them is in the browser's language,
 * whatever that of the page. Its calendar opens beside it all the same.
 */
export function TimeInput({ kind, value, disabled = false, onChange, ...input }: TimeInputProps) {
  const say = useWords(uiWords)
  const calendar = useRef<HTMLInputElement>(null)
  const isDay = kind === 'day'
  return (
    <span className="time-input">
      <Input
        {...input}
        value={value}
        disabled={disabled}
        autoComplete="off"
        spellCheck={false}
        placeholder={isDay ? 'YYYY-MM-DD' : 'YYYY-MM-DD HH:MM:SS'}
        onChange={(event) => onChange(event.target.value)}
      />
      <button
        type="button"
        aria-label={say('calendar')}
        disabled={disabled}
        onClick={() => calendar.current?.showPicker()}
      >
        <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
          <path d="M2 3.5h12v10.5h-12zM2 6.5h12M5 1.5v3M11 1.5v3" />
        </svg>
      </button>
      {/* Only its calendar is seen. */}
      <input
        ref={calendar}
        type={isDay ? 'date' : 'datetime-local'}
        {...(isDay ? {} : { step: 1 })}
        tabIndex={-1}
        aria-hidden="true"
        value={PICKABLE.test(value) ? value.replace(' ', 'T') : ''}
        onChange={(event) => onChange(chosen(event.target.value))}
      />
    </span>
  )
}

const PICKABLE = /^\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?$/

/** A calendar leaves out seconds that are none. */
const chosen = (text: string): string => `${text.replace('T', ' ')}${text.length === 16 ? ':00' : ''}`
