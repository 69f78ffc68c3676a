import type { Market } from './kernel/index.ts'

/** What doors to the outside are told about the market: the acts there are, how refusals read, who may see what. */
export function doorsOf(market: Market) {
  return {
    acts: market.acts.map(({ name, version, title, schema, stage, roles, readers }) => ({
      name,
      version,
      title,
      jsonSchema: schema.jsonSchema,
      stage,
      roles,
      restricted: readers !== undefined,
    })),
    sentence: market.sentence,
    actReaders: market.actReaders,
    rowReaders: market.rowReaders,
    keyOf: market.key,
  }
}
