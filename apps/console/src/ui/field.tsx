import { type ReactNode, useId } from 'react'

interface FieldProps {
  readonly label: string
  /** Stands behind what is typed. */
  readonly unit?: string | undefined
  readonly hint?: string | undefined
  /** What is wrong with it, as a sentence. */
  readonly problem?: string | undefined
  /** Takes the whole width of its form. */
  readonly wide?: boolean
  readonly children: (input: InputProps) => ReactNode
}

/** What ties an input to its label and to what is said of it. */
export interface InputProps {
  readonly id: string
  readonly 'aria-describedby': string
  readonly 'aria-invalid': boolean
}

/** An input with its label, its unit and what is wrong with it. */
export function Field({ label, unit, hint, problem, wide = false, children }: FieldProps) {
  const id = useId()
  const said = `${id}-said`
  return (
    <div className="field" data-wide={wide} data-bad={problem !== undefined}>
      <label htmlFor={id}>{label}</label>
      <div className="field-input">
        {children({ id, 'aria-describedby': said, 'aria-invalid': problem !== undefined })}
        {unit === undefined ? null : <span className="muted field-unit">{unit}</span>}
      </div>
      <p id={said} className="field-below">
        {problem ?? hint}
      </p>
    </div>
  )
}
