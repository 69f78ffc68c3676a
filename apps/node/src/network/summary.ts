import { summarise } from '../summary.ts'
import type { NetworkRun } from './run.ts'

/** The summary that `--json` prints of a network: quantities and prices are decimal texts, MWh and yuan/MWh. */
export interface NetworkSummary {
  readonly ok: boolean
  readonly data: string
  readonly validators: number
  readonly full_nodes: number
  /** The organisations of the nodes; the next two lists are in this order. */
  readonly nodes: readonly string[]
  readonly heights: readonly number[]
  /** Of the state before the block of `agreed_height`, as each node has it. */
  readonly app_hashes: readonly string[]
  readonly agreed_height: number
  readonly sessions: number
  readonly orders: number
  readonly transactions: number
  readonly receipts: number
  readonly verified_receipts: number
  readonly session: string
  readonly delivery: string
  readonly units_submitted: number
  readonly volume_mwh: string
  readonly average_price: string | null
  readonly gate_to_result_ms: number
  readonly recovered: boolean
  readonly seconds: number
}

export function summariseNetwork(run: NetworkRun): NetworkSummary {
  const { ok, data, session, delivery, units_submitted, volume_mwh, average_price, ...rest } = summarise(run)
  const { heights, height, appHashes } = run.agreement
  const agreed = appHashes.length === run.nodes.length && new Set(appHashes).size === 1
  const validators = run.nodes.filter(({ votes }) => votes).length
  return {
    ok: ok && agreed && appHashes[0] === rest.app_hash,
    data,
    validators,
    full_nodes: run.nodes.length - validators,
    nodes: run.nodes.map(({ org }) => org),
    heights,
    app_hashes: appHashes,
    agreed_height: height,
    sessions: 1,
    orders: run.orders,
    transactions: rest.transactions,
    receipts: rest.receipts,
    verified_receipts: rest.receipts_verified,
    session,
    delivery,
    units_submitted,
    volume_mwh,
    average_price,
    gate_to_result_ms: rest.gate_to_result_ms,
    recovered: rest.recovered,
    seconds: rest.seconds,
  }
}
