import type { Book } from '../../src/clearing/index.ts'

/**
 * A second auction, written from the text of the rules alone and in another shape: it asks every price that could matter how
 * much is offered and wanted there, instead of walking two sorted curves. Slow, and meant to be read against the rules.
 */
export interface Expected {
  readonly volume: bigint
  readonly price: bigint | null
  readonly lastPair: { readonly supply: bigint; readonly demand: bigint } | null
  readonly interval: { readonly low: bigint | null; readonly high: bigint | null }
  readonly supplyAward: readonly bigint[]
  readonly demandAward: readonly bigint[]
}

interface Step {
  readonly price: bigint
  readonly qty: bigint
  readonly time: number
}

/** The places where a planted mistake may go, to see that the comparison notices. */
export interface Reading {
  roundToTick(n: bigint, d: bigint, tick: bigint): bigint
  share(members: readonly Step[], awarded: bigint, lot: bigint): readonly bigint[]
  trades(buyer: bigint, seller: bigint): boolean
}

export const faithful: Reading = { roundToTick, share: shareProRata, trades: (buyer, seller) => buyer >= seller }

export function clearByReference(book: Book, reading: Reading = faithful): Expected {
  const supply = steps(book.supplyPrice, book.supplyQty)
  const demand = steps(book.demandPrice, book.demandQty)
  const offeredAt = (price: bigint) => total(supply.filter((step) => step.price <= price))
  const wantedAt = (price: bigint) => total(demand.filter((step) => step.price >= price))

  // "While buyer price >= seller price": a volume is reachable when, at some two prices that may trade, both sides hold it.
  let volume = 0n
  for (const seller of distinct(supply)) {
    for (const buyer of distinct(demand)) {
      if (!reading.trades(buyer, seller)) continue
      volume = larger(volume, smaller(offeredAt(seller), wantedAt(buyer)))
    }
  }

  const lastSupply = distinct(supply).find((price) => offeredAt(price) >= volume)
  const lastDemand = distinct(demand).findLast((price) => wantedAt(price) >= volume)
  const traded = volume > 0n && lastSupply !== undefined && lastDemand !== undefined
  const supplyAward = traded
    ? awards(supply, (step) => step.price < lastSupply, lastSupply, volume, book, reading)
    : supply.map(() => 0n)
  const demandAward = traded
    ? awards(demand, (step) => step.price > lastDemand, lastDemand, volume, book, reading)
    : demand.map(() => 0n)
  const interval = intervalOf(book, supply, demand, supplyAward, demandAward)
  const lastPair = traded ? { supply: lastSupply, demand: lastDemand } : null
  return {
    volume,
    price: lastPair && priceOf(book, lastPair, interval, reading),
    lastPair,
    interval,
    supplyAward,
    demandAward,
  }
}

function awards(
  side: readonly Step[],
  better: (step: Step) => boolean,
  marginal: bigint,
  volume: bigint,
  book: Book,
  reading: Reading,
): bigint[] {
  const members = side.filter((step) => step.price === marginal)
  const awarded = volume - total(side.filter(better))
  const shares = book.tieRule === 'time' ? inTime(members, awarded) : reading.share(members, awarded, BigInt(book.lot))
  return side.map((step) => {
    if (step.price === marginal) return shares[members.indexOf(step)] as bigint
    return better(step) ? step.qty : 0n
  })
}

function inTime(members: readonly Step[], awarded: bigint): bigint[] {
  return members.map((member) => {
    const served = total(members.filter((other) => other.time < member.time))
    return larger(0n, smaller(member.qty, awarded - served))
  })
}

/** `award_i = declared_i × awarded / declared`, down to the lot; then lot by lot to whoever is furthest below its exact share. */
export function shareProRata(members: readonly Step[], awarded: bigint, lot: bigint): bigint[] {
  const declared = total(members)
  const shares = members.map((member) => ((member.qty * awarded) / declared / lot) * lot)
  const fraction = members.map((member, i) => member.qty * awarded - (shares[i] as bigint) * declared)
  for (let left = awarded - sum(shares); left > 0n; left -= lot) {
    let first = 0
    for (let i = 1; i < members.length; i++) if ((fraction[i] as bigint) > (fraction[first] as bigint)) first = i
    shares[first]! += lot
    fraction[first] = -1n
  }
  return shares
}

/** Straight from the definition: judge every price at an order or a limit by what it leaves out and what it lets in. */
function intervalOf(
  book: Book,
  supply: readonly Step[],
  demand: readonly Step[],
  supplyAward: readonly bigint[],
  demandAward: readonly bigint[],
): Expected['interval'] {
  const leftBelow = (price: bigint) =>
    supply.some((step, i) => step.price < price && (supplyAward[i] as bigint) < step.qty)
  const leftAbove = (price: bigint) =>
    demand.some((step, i) => step.price > price && (demandAward[i] as bigint) < step.qty)
  const inAbove = (price: bigint) => supply.some((step, i) => step.price > price && (supplyAward[i] as bigint) > 0n)
  const inBelow = (price: bigint) => demand.some((step, i) => step.price < price && (demandAward[i] as bigint) > 0n)
  const holds = (price: bigint) => !leftBelow(price) && !leftAbove(price) && !inAbove(price) && !inBelow(price)

  const limits = [book.floor, book.cap].filter((limit) => limit !== undefined).map(BigInt)
  const candidates = ascending([...supply.map((step) => step.price), ...demand.map((step) => step.price), ...limits])
  const allowed = candidates.filter(holds)
  // Without limits, a price beyond every order shows whether that end is open.
  const lowest = candidates[0]
  const highest = candidates.at(-1)
  const openBelow = book.floor === undefined && (lowest === undefined || holds(lowest - 1n))
  const openAbove = book.cap === undefined && (highest === undefined || holds(highest + 1n))
  return { low: openBelow ? null : (allowed[0] ?? null), high: openAbove ? null : (allowed.at(-1) ?? null) }
}

function priceOf(
  book: Book,
  pair: { supply: bigint; demand: bigint },
  interval: Expected['interval'],
  reading: Reading,
): bigint {
  const [n, d] = exactPrice(book, pair.supply, pair.demand, interval.low as bigint, interval.high as bigint)
  const price = reading.roundToTick(n, d, BigInt(book.tick))
  if (book.cap !== undefined && price > BigInt(book.cap)) return BigInt(book.cap)
  if (book.floor !== undefined && price < BigInt(book.floor)) return BigInt(book.floor)
  return price
}

function exactPrice(book: Book, seller: bigint, buyer: bigint, low: bigint, high: bigint): [bigint, bigint] {
  const k = BigInt(book.kPpm ?? 0)
  switch (book.priceRule) {
    case 'last_pair_mid':
      return [buyer + seller, 2n]
    case 'k':
      return [k * buyer + (1_000_000n - k) * seller, 1_000_000n]
    case 'last_supply':
      return [seller, 1n]
    case 'interval_low':
      return [low, 1n]
    case 'interval_mid':
      return [low + high, 2n]
    case 'interval_high':
      return [high, 1n]
  }
}

/** The nearest multiple of the tick to n/d; of two equally near the greater. */
function roundToTick(n: bigint, d: bigint, tick: bigint): bigint {
  const guess = (n / (d * tick)) * tick
  const near = [guess - tick, guess, guess + tick]
  const distance = (price: bigint) => (price * d > n ? price * d - n : n - price * d)
  return near.reduce((best, price) => (distance(price) <= distance(best) ? price : best))
}

function steps(price: Float64Array, qty: Float64Array): Step[] {
  return [...price].map((value, time) => ({ price: BigInt(value), qty: BigInt(qty[time] as number), time }))
}

function distinct(side: readonly Step[]): bigint[] {
  return ascending([...new Set(side.map((step) => step.price))])
}

function ascending(values: readonly bigint[]): bigint[] {
  return [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

function total(side: readonly Step[]): bigint {
  return sum(side.map((step) => step.qty))
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((a, b) => a + b, 0n)
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
