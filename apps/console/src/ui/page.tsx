import type { ReactNode } from 'react'
import { useEffect } from 'react'

interface PageProps {
  /** Also the title of the browser's tab. */
  readonly title: string
  readonly lead?: ReactNode
  /** Stands at the right of the title. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** One page: its title, what can be done with it, its content. */
export function Page({ title, lead, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · 都江`
  }, [title])
  return (
    <article className="page">
      <header className="page-head">
        <div>
          <h1>{title}</h1>
          {lead === undefined ? null : <p className="muted">{lead}</p>}
        </div>
        {actions === undefined ? null : <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </article>
  )
}

/** A part of a page with a title of its own, on the ground itself: panels are not put into panels. */
export function Section({ title, actions, children }: Omit<PageProps, 'lead'>) {
  return (
    <section className="section" aria-label={title}>
      <header className="section-head">
        <h2>{title}</h2>
        {actions}
      </header>
      {children}
    </section>
  )
}
