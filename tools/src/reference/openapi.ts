import { type Market, doorsOf } from '@dujiang/market'
import { lists } from '@dujiang/market/lists'
import type { ApiOptions } from '@dujiang/node/api'
import { tablesOf } from '@dujiang/projections'
import { StillNode } from '@dujiang/testing/still-node'

/** The OpenAPI page as a node itself gives it: one that stands on a simulated disk and clock. */
export async function openApiOf<Page>(market: Market): Promise<Page> {
  const still = new StillNode()
  await still.begin({ app: market }, () => ({ doors: doorsOf(market), projections: noLists }))
  try {
    return (await (await fetch(`${still.api.url}/openapi.json`)).json()) as Page
  } finally {
    await still.close()
  }
}

/** What lists there are, without a database behind them. */
const noLists: NonNullable<ApiOptions['projections']> = {
  lists,
  tables: tablesOf(lists),
  status: () => ({ receipts: 0, lag: 0, lagMs: 0 }),
  list: async () => ({ none: 'notReady' }),
}
