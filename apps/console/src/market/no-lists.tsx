import { useNodes } from '../api/nodes.ts'
import { useWords } from '../i18n/words.ts'
import { Empty } from '../ui/empty.tsx'
import { marketWords } from './market-words.ts'
import { NodeLinks } from './node-links.tsx'

/** Stands where a list would, at a node that keeps none: what goes on all the same, and where lists may be. */
export function NoLists() {
  const say = useWords(marketWords)
  const others = useNodes().filter(({ here }) => !here)
  return (
    <Empty title={say('lists.none')}>
      <p>{say('lists.none.why')}</p>
      {others.length === 0 ? null : (
        <>
          <p>{say('lists.none.elsewhere')}</p>
          <NodeLinks nodes={others} />
        </>
      )}
    </Empty>
  )
}
