import type { NodesNow } from './routes/nodes.ts'

/**
 * The origins of the other nodes that this one names. None where it cannot read its list: `/v1/nodes` says what is wrong with it,
 * and no page is to fail for it.
 */
export async function otherOrigins(nodesNow: NodesNow = async () => []): Promise<readonly string[]> {
  const nodes = await nodesNow().catch(() => [])
  const others = nodes.filter(({ api, here }) => !here && URL.canParse(api))
  return [...new Set(others.map(({ api }) => new URL(api).origin))]
}
