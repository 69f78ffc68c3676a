import type { Json } from '@dujiang/core/codec'
import type { Market } from '@dujiang/market'
import type { Doors } from '@dujiang/node/api'

/** What the API must be told about the market it stands before. */
export function doorsOf(market: Market): Doors {
  const catalogue = market.acts.map((act) => {
    const { name, version, title, schema, stage, roles } = act
    const jsonSchema = schema.jsonSchema as { readonly [keyword: string]: Json }
    return { name, version, title, jsonSchema, stage, roles, restricted: 'readers' in act }
  })
  return {
    acts: catalogue,
    sentence: (refusal) => market.sentence(refusal),
    actReaders: (view, name, version, signed) => market.actReaders(view, name, version, signed),
    rowReaders: (view, key) => market.rowReaders(view, key),
    keyOf: (view, org, keyId) => market.key(view, org, keyId),
  }
}
