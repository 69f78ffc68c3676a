import type { Status } from '@dujiang/client'
import type { PeriodResult, Tier } from '@dujiang/market'
import { hourLabel } from '@dujiang/core/time'
import { type SessionReport, monthText, seasonOf, sessionOf } from '@dujiang/testing/province'
import type { Verdict } from './offline/verdict.ts'
import { mwh, yuan } from './text.ts'

/** What a run gathered. */
export interface Run {
  readonly dataDir: string
  readonly recovered: boolean
  readonly report: SessionReport
  /** Before and after the session. */
  readonly before: Status
  readonly after: Status
  /** Transactions of this run that are on record. */
  readonly transactions: number
  readonly verdict: Verdict
  readonly seconds: number
}

/** The summary that `--json` prints: quantities and prices are decimal texts, MWh and yuan/MWh. */
export interface Summary {
  readonly ok: boolean
  readonly data: string
  readonly season: string
  readonly seed: string
  readonly sequence: string
  readonly session: string
  readonly delivery: string
  readonly units_expected: number
  readonly units_submitted: number
  readonly periods: readonly PeriodSummary[]
  readonly volume_mwh: string
  readonly average_price: string | null
  readonly blocks: number
  readonly transactions: number
  readonly receipts: number
  readonly receipts_verified: number
  readonly app_hash: string
  readonly height: number
  readonly gate_to_result_ms: number
  readonly recovered: boolean
  readonly seconds: number
}

/** What stands in its place when the session did not come to its end and the ledger goes on. */
export interface FailedSession {
  readonly ok: false
  readonly data: string
  readonly error: string
}

interface PeriodSummary {
  readonly period: number
  readonly label: string
  readonly volume_mwh: string
  readonly price: string | null
  readonly pair: { readonly supply: string; readonly demand: string } | null
  readonly interval: { readonly low: string | null; readonly high: string | null }
  /** The rule of the last pair may set a price outside the equilibrium interval. */
  readonly outside_interval: boolean
  readonly supply_tier: TierSummary | null
  readonly demand_tier: TierSummary | null
}

interface TierSummary {
  readonly price: string
  readonly declared_mwh: string
  readonly awarded_mwh: string
}

export function summarise(run: Run): Summary {
  const { report, before, after, verdict } = run
  const { month, seed, session, tally, result } = report
  const receipts = after.receipts - before.receipts
  const volumeWh = result.periods.reduce((sum, period) => sum + period.volumeWh, 0)
  const ok =
    session.status === 'published' &&
    volumeWh === result.volumeWh &&
    verdict.failures.length === 0 &&
    verdict.verified === receipts &&
    verdict.appHash === after.appHash
  return {
    ok,
    data: run.dataDir,
    season: seasonOf(month),
    seed,
    sequence: session.name,
    session: sessionOf(month),
    delivery: monthText(month),
    units_expected: tally.invited,
    units_submitted: tally.submitted,
    periods: result.periods.map(periodSummary),
    volume_mwh: mwh(result.volumeWh),
    average_price: result.averagePrice === undefined ? null : yuan(result.averagePrice),
    blocks: after.height - before.height,
    transactions: run.transactions,
    receipts,
    receipts_verified: verdict.verified,
    app_hash: after.appHash,
    height: after.height,
    gate_to_result_ms: report.gateToResultMs,
    recovered: run.recovered,
    seconds: run.seconds,
  }
}

function periodSummary({
  period,
  volumeWh,
  price,
  pair,
  interval,
  outsideInterval,
  supplyTier,
  demandTier,
}: PeriodResult): PeriodSummary {
  const end = (value: number | undefined): string | null => (value === undefined ? null : yuan(value))
  return {
    period,
    label: hourLabel(period),
    volume_mwh: mwh(volumeWh),
    price: end(price),
    pair: pair === undefined ? null : { supply: yuan(pair.supply), demand: yuan(pair.demand) },
    interval: { low: end(interval.low), high: end(interval.high) },
    outside_interval: outsideInterval,
    supply_tier: tierSummary(supplyTier),
    demand_tier: tierSummary(demandTier),
  }
}

function tierSummary(tier: Tier | undefined): TierSummary | null {
  if (tier === undefined) return null
  return { price: yuan(tier.price), declared_mwh: mwh(tier.declaredWh), awarded_mwh: mwh(tier.awardedWh) }
}
