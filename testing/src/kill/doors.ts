import type { Market } from '@dujiang/market'
import type { Doors } from '@dujiang/node/api'

/** What the API is told about the market. */
export function doorsOf(market: Market): Doors {
  return {
    acts: market.acts.map((act) => ({
      name: act.name,
      version: act.version,
      title: act.title,
      jsonSchema: act.schema.jsonSchema,
      stage: act.stage,
      roles: act.roles,
      restricted: act.readers !== undefined,
    })),
    sentence: (refusal) => market.sentence(refusal),
    actReaders: (view, name, version, signed) => market.actReaders(view, name, version, signed),
    rowReaders: (view, key) => market.rowReaders(view, key),
    keyOf: (view, org, keyId) => market.key(view, org, keyId),
  }
}
