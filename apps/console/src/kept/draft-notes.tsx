import { formatInstant } from '@dujiang/core/time'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '../i18n/words.ts'
import { Instant } from '../ui/instant.tsx'
import { Note } from '../ui/note.tsx'
import { draftWords } from './draft-words.ts'
import type { Draft } from './use-draft.ts'

interface DraftFoundProps {
  readonly kept: Draft
  readonly onDiscard: () => void
  readonly children?: ReactNode
}

/** Says that the form begins with what was typed before, since when that is kept, and offers to begin anew. */
export function DraftFound({ kept, onDiscard, children }: DraftFoundProps) {
  const say = useWords(draftWords)
  if (!kept.found) return null
  return (
    <Note tone="accent" title={say('found')}>
      <div className="draft-line">
        <span>
          {say('found.why')} <Instant atMs={kept.found.keptMs} seconds />
        </span>
        <Button size="small" onClick={onDiscard}>
          {say('discard')}
        </Button>
      </div>
      {children}
    </Note>
  )
}

/** Where nothing of what is typed is kept, and why. */
export function DraftNotKept({ kept: { place } }: { readonly kept: Draft }) {
  const say = useWords(draftWords)
  return place === 'here' ? null : <Note tone="warn">{say(place)}</Note>
}

/** Since when what stands in the form is kept. */
export function DraftKept({ kept: { keptMs } }: { readonly kept: Draft }) {
  const say = useWords(draftWords)
  return (
    <span className="muted" role="status">
      {keptMs === undefined ? null : (
        <>
          {say('kept')} {formatInstant(keptMs).slice(11, 19)}
        </>
      )}
    </span>
  )
}
