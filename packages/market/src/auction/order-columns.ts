import type { OrderPayload } from './order-fields.ts'
import type { Problems } from './problems.ts'
import { auctionRefusals } from './refusals.ts'
import type { Session } from './tables.ts'

const { refuse } = auctionRefusals

type Terms = Pick<Session, 'periods' | 'priceFloor' | 'priceCap' | 'tick' | 'lotWh'>
type Columns = Pick<OrderPayload, 'side' | 'periods' | 'prices' | 'volumesWh'>

/**
 * Do the order's columns hold together? False when the checks end. Refusals, in order: periodsOrder, shapeMismatch, then by
 * period and step stepEmpty, belowFloor, aboveCap, offTick, offLot, stepsOrder; nothingOffered.
 */
export function holdTogether(terms: Terms, order: Columns, problems: Problems): boolean {
  // Of a ladder whose columns are not those of its periods no cell can be named.
  if (!isLadder(terms, order, problems)) return false
  for (let at = 0; at < order.periods.length; at++) if (!isColumn(terms, order, at, problems)) return false
  const offers = order.volumesWh.some((row) => row.some((volume) => volume > 0))
  return offers || !problems.end(refuse.nothingOffered())
}

function isLadder(
  { periods: periodsMax }: Terms,
  { periods, prices, volumesWh }: Columns,
  problems: Problems,
): boolean {
  let whole = true
  for (let at = 0; at < periods.length; at++) {
    const period = periods[at] as number
    if (period <= periodsMax && (at === 0 || period > (periods[at - 1] as number))) continue
    whole = false
    if (problems.end(refuse.periodsOrder({ periods: periodsMax, position: at + 1, period }))) return false
  }
  if (prices.length !== volumesWh.length) {
    const step = Math.min(prices.length, volumesWh.length) + 1
    whole = false
    if (problems.end(refuse.shapeMismatch({ step, given: 0, periods: periods.length }))) return false
  }
  for (const rows of [prices, volumesWh]) {
    for (let row = 0; row < rows.length; row++) {
      const given = (rows[row] as readonly number[]).length
      if (given === periods.length) continue
      whole = false
      if (problems.end(refuse.shapeMismatch({ step: row + 1, given, periods: periods.length }))) return false
    }
  }
  return whole
}

/** False when the checks end; a cell may have several problems. */
function isColumn(
  terms: Terms,
  { side, periods, prices, volumesWh }: Columns,
  at: number,
  problems: Problems,
): boolean {
  const period = periods[at] as number
  const { priceFloor: floor, priceCap: cap, tick, lotWh } = terms
  let previous: number | undefined
  let ended = false
  for (let row = 0; row < prices.length; row++) {
    const step = row + 1
    const price = (prices[row] as readonly number[])[at] as number
    const volumeWh = (volumesWh[row] as readonly number[])[at] as number
    if (volumeWh === 0) {
      if (price !== 0 && problems.end(refuse.stepEmpty({ period, step }))) return false
      ended = true
      continue
    }
    if (ended && problems.end(refuse.stepEmpty({ period, step: row }))) return false
    if (price < floor && problems.end(refuse.belowFloor({ period, step, price, floor }))) return false
    if (price > cap && problems.end(refuse.aboveCap({ period, step, price, cap }))) return false
    if (price % tick !== 0 && problems.end(refuse.offTick({ period, step, price, tick }))) return false
    if (volumeWh % lotWh !== 0 && problems.end(refuse.offLot({ period, step, volumeWh, lotWh }))) return false
    if (previous !== undefined && (side === 'sell' ? price <= previous : price >= previous)) {
      const direction = side === 'sell' ? '> (高于)' : '< (低于)'
      if (problems.end(refuse.stepsOrder({ period, step, price, previous, direction }))) return false
    }
    previous = price
  }
  return true
}
