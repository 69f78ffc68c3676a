/**
 * Names of what is cached, from wide to narrow, so that a receipt of a family makes all its rows stale at once. The viewer
 * stands first: whoever signs in or out sees nothing that was read for somebody else.
 */
export const queryKeys = {
  status: (viewer: string) => [viewer, 'status'] as const,
  row: (viewer: string, key: string) => [viewer, 'state', familyOf(key), 'row', key] as const,
  rows: (viewer: string, table: string, prefix: string) =>
    [viewer, 'state', familyOf(table), 'rows', table, prefix] as const,
  /** An act tried out, as JSON: whatever changes in its family may change what would be decided. */
  tried: (viewer: string, wanted: string) => [viewer, 'state', familyOfAct(wanted), 'tried', wanted] as const,
  /** Rows of a session after its gate, which no receipt makes stale. */
  closed: (viewer: string, table: string, session: string) => [viewer, 'closed', table, session] as const,
  receipt: (viewer: string, id: string) => [viewer, 'receipt', id] as const,
  /** Lists of the projections and whatever else follows the log of receipts. */
  list: (viewer: string, path: string) => [viewer, 'list', path] as const,
  /** A page of a list far down, behind a place that does not move: what comes in does not change it. */
  page: (viewer: string, list: string, place: string, page: number) => [viewer, 'page', list, place, page] as const,
  /** How many rows a list has from a place on. */
  count: (viewer: string, list: string, place: string) => [viewer, 'count', list, place] as const,
}

const familyOf = (key: string): string => key.split('/')[0] ?? ''

const familyOfAct = (wanted: string): string => /"act":"(\w+)\./.exec(wanted)?.[1] ?? ''
