import type { View } from '@dujiang/chain'
import { type Market, type Sentence, kernelRefusals } from './kernel/index.ts'
import { misbehaviours } from './network/tables.ts'
import { samples } from './samples.ts'

/** What doors to the outside are told about the market: the acts there are, how refusals read, who may see what. */
export function doorsOf(market: Market) {
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
    refusals: [
      ...named('kernel', kernelRefusals.sentences),
      ...market.families.flatMap((family) => named(family.name, family.refusals.sentences)),
    ],
    samples,
    sentence: (...asked: Parameters<Market['sentence']>) => market.sentence(...asked),
    actReaders: (...asked: Parameters<Market['actReaders']>) => market.actReaders(...asked),
    rowReaders: (...asked: Parameters<Market['rowReaders']>) => market.rowReaders(...asked),
    holdsSecrets: (...asked: Parameters<Market['holdsSecrets']>) => market.holdsSecrets(...asked),
    faultsOnRecord: (view: View) => [...misbehaviours.rows(view)].length,
    keyOf: (...asked: Parameters<Market['key']>) => market.key(...asked),
  }
}

const named = (family: string, sentences: Readonly<Record<string, Sentence>>) =>
  Object.keys(sentences)
    .sort((a, b) => (sentences[a] as Sentence).code - (sentences[b] as Sentence).code)
    .map((name) => ({ name, family, ...(sentences[name] as Sentence) }))
