import type { ReactNode } from 'react'
import { type Draft, useDraft } from './use-draft.ts'

interface WithDraftProps {
  readonly name: string
  readonly children: (kept: Draft) => ReactNode
}

/** Shows a form once it is known whether there is a draft of it. */
export function WithDraft({ name, children }: WithDraftProps) {
  const kept = useDraft(name)
  return kept.found === undefined ? null : children(kept)
}
