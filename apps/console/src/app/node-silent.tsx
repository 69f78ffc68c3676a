import { useLive } from '../api/live.ts'
import { useNodes } from '../api/nodes.ts'
import { shellWords } from '../i18n/shell-words.ts'
import { useWords } from '../i18n/words.ts'
import { NodeLinks } from '../market/node-links.tsx'
import { Note } from '../ui/note.tsx'

/**
 * Says that the node which serves this page does not answer, and where else the ledger is. Acts are offered there by themselves; what is
 * shown is read here alone, since questions tell who asks for what, and not every operator is to know it.
 */
export function NodeSilent() {
  const say = useWords(shellWords)
  const nodes = useNodes()
  const own = nodes.find(({ here }) => here)
  const others = nodes.filter(({ here }) => !here)
  if (useLive() !== 'broken') return null
  return (
    <div className="silent">
      <Note tone="bad" title={say('silent.title', { node: own?.name ?? window.location.host })}>
        <p>{say(others.length === 0 ? 'silent.why' : 'silent.elsewhere')}</p>
        {others.length === 0 ? null : (
          <>
            <p>{say('silent.others')}</p>
            <NodeLinks nodes={others} />
          </>
        )}
      </Note>
    </div>
  )
}
