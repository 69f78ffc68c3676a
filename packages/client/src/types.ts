import type { Catalogue, Listed, Nodes, RowPage, Withheld } from './generated/api.ts'

// What nodes answer has one source, the OpenAPI page of a node; this is what the client calls it.
export type {
  Accepted,
  ActPayloads,
  Answers,
  Committed,
  Intake,
  Listed,
  Sentence,
  Status,
  Tried,
  Withheld,
} from './generated/api.ts'

export type CatalogueAct = Catalogue['acts'][number]
export type KnownNode = Nodes['nodes'][number]
export type Row = RowPage['rows'][number]
export const isWithheld = (listed: Listed): listed is Withheld => 'withheld' in listed
