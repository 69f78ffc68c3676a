import type { ApplicationLists } from '@dujiang/chain'
import type { Doors } from '../api/doors.ts'
import type { LedgerNode } from '../service/ledger-node.ts'
import { Projections } from './projections.ts'

/** What an Application lists, and where its module is: a thread cannot be given functions. */
export interface ListsHere {
  readonly lists: ApplicationLists
  /** Address of a module that exports the same as `lists`. */
  readonly module: string
}

/** Where whoever runs a node wants its lists. Rule PRN-8. */
export type ListsPlace =
  | { readonly kind: 'folder' }
  | { readonly kind: 'server'; readonly url: string }
  | { readonly kind: 'none' }

/** Reads a setting: `none`, the address of a PostgreSQL server, or nothing for the node's own folder; undefined when it is none of these. */
export function listsPlace(setting = ''): ListsPlace | undefined {
  if (setting === '') return { kind: 'folder' }
  if (setting === 'none') return { kind: 'none' }
  return /^postgres(ql)?:\/\//.test(setting) ? { kind: 'server', url: setting } : undefined
}

/** Lists beside a node, where they are wanted. */
export function projectionsBeside(
  node: LedgerNode,
  doors: Pick<Doors, 'rowReaders'>,
  { lists, module }: ListsHere,
  dataDir: string,
  place: ListsPlace,
): { readonly projections?: Projections } {
  if (place.kind === 'none') return {}
  const projections = new Projections({
    node,
    lists,
    listsModule: module,
    isPublic: (view, key) => doors.rowReaders(view, key) === undefined,
    dataDir,
    ...(place.kind === 'server' ? { url: place.url } : {}),
  })
  return { projections }
}
