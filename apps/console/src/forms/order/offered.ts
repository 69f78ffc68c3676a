import type { Offered } from './draft.ts'

/** What an order offers in a period. */
export function offeredWh({ periods, volumesWh }: Offered, period: number): number {
  const at = periods.indexOf(period)
  return at === -1 ? 0 : volumesWh.reduce((sum, row) => sum + (row[at] as number), 0)
}
