import type { ReactNode } from 'react'

interface NoteProps {
  readonly tone: 'plain' | 'accent' | 'good' | 'warn' | 'bad'
  readonly title?: string
  readonly children?: ReactNode
}

/** Something to be read before going on. A bad one is spoken at once. */
export function Note({ tone, title, children }: NoteProps) {
  return (
    <div className="note" data-tone={tone} role={tone === 'bad' ? 'alert' : 'note'}>
      {title === undefined ? null : <strong>{title}</strong>}
      {children}
    </div>
  )
}
