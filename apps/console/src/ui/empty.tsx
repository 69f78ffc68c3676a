import type { ReactNode } from 'react'

interface EmptyProps {
  /** What is not there, as a sentence. */
  readonly title: string
  /** Why, and what would bring it: an empty page teaches. */
  readonly children?: ReactNode
  readonly action?: ReactNode
}

/** There is nothing here yet. Never a number that is not the ledger's. */
export function Empty({ title, children, action }: EmptyProps) {
  return (
    <div className="empty">
      <svg viewBox="0 0 120 44" aria-hidden="true">
        <path d="M4 30c22 0 30-6 42-14S76 6 116 6" />
        <path d="M4 38c26 0 36-6 48-14s30-10 64-10" />
        <path d="M4 22c18 0 26-4 36-10" />
      </svg>
      <h2>{title}</h2>
      {children === undefined ? null : <div className="muted">{children}</div>}
      {action === undefined ? null : <div className="empty-action">{action}</div>}
    </div>
  )
}
