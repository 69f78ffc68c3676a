import type { Clock } from '../seams/index.ts'
import type { NodesNow } from './routes/nodes.ts'

/** Anybody can have the list asked for by each request, and it is read from a file. */
const REMEMBERED_MS = 1_000

/** Gives the origins of the other nodes that this one names, as it named them within the last second. */
export type OtherOrigins = () => Promise<readonly string[]>

export function otherOrigins(clock: Clock, nodesNow: NodesNow = async () => []): OtherOrigins {
  let known: { readonly untilMs: number; readonly origins: Promise<readonly string[]> } | undefined
  return () => {
    const nowMs = clock.monotonicMs()
    if (known === undefined || known.untilMs <= nowMs) {
      known = { untilMs: nowMs + REMEMBERED_MS, origins: originsOf(nodesNow) }
    }
    return known.origins
  }
}

/** None where it cannot read its list: `/v1/nodes` says what is wrong with it, and no page is to fail for it. */
async function originsOf(nodesNow: NodesNow): Promise<readonly string[]> {
  const nodes = await nodesNow().catch(() => [])
  const others = nodes.filter(({ api, here }) => !here && URL.canParse(api))
  return [...new Set(others.map(({ api }) => new URL(api).origin))]
}
