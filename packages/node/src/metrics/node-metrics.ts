import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { ProjectionsStatus } from '../projections/index.ts'
import type { Clock } from '../seams/index.ts'
import type { LedgerNode } from '../service/index.ts'
import type { WebhookStand } from '../webhooks/index.ts'
import type { Instruments } from './instruments.ts'

/** Seconds: from a cached verdict to a proposal that is late. */
const BUCKETS = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 3, 10]

/** What a node tells Prometheus. It is made before the node, which is measured from its first call on, and then watches it. */
export class NodeMetrics implements Instruments {
  readonly registry = new Registry()
  readonly #abci: Histogram<'method'>
  readonly #http: Histogram<'method' | 'route' | 'status'>
  readonly #verifying: Gauge

  constructor() {
    const registers = [this.registry]
    collectDefaultMetrics({ register: this.registry, prefix: 'dujiang_' })
    this.#abci = new Histogram({
      name: 'dujiang_abci_seconds',
      help: 'Time from a call of the engine to its answer',
      labelNames: ['method'],
      buckets: BUCKETS,
      registers,
    })
    this.#http = new Histogram({
      name: 'dujiang_http_seconds',
      help: 'Time from a request over HTTP to its answer',
      labelNames: ['method', 'route', 'status'],
      buckets: BUCKETS,
      registers,
    })
    this.#verifying = new Gauge({
      name: 'dujiang_verifications_waiting',
      help: 'Signatures asked about and not yet judged',
      registers,
    })
  }

  called(method: string, seconds: number): void {
    this.#abci.observe({ method }, seconds)
  }

  verifying(change: 1 | -1): void {
    this.#verifying.inc(change)
  }

  /** A request over HTTP was answered. `route` is the pattern of the path: there are as many as routes, not as requests. */
  answered(method: string, route: string, status: number, seconds: number): void {
    this.#http.observe({ method, route, status: String(status) }, seconds)
  }

  /** Shows how the webhooks stand whenever it is asked. */
  watchWebhooks(stand: () => WebhookStand): void {
    this.#show([
      ['dujiang_webhook_subscriptions', 'Subscriptions of the operator', () => stand().subscriptions],
      ['dujiang_webhook_failing', 'Subscriptions whose last delivery was not taken', () => stand().failing],
      [
        'dujiang_webhook_behind_receipts',
        'Receipts that the slowest subscription has not been given',
        () => stand().behind,
      ],
    ])
  }

  /** Shows how far the lists are behind the ledger whenever it is asked. */
  watchLists(status: () => Pick<ProjectionsStatus, 'lag' | 'lagMs'>): void {
    this.#show([
      ['dujiang_projections_lag_receipts', 'Receipts that are not in the lists yet', () => status().lag],
      [
        'dujiang_projections_lag_seconds',
        'How much older the newest receipt of the lists is than the newest block, while some are not in them',
        () => status().lagMs / 1_000,
      ],
    ])
  }

  /** Shows how many faults of validators are on record whenever it is asked. */
  watchFaults(onRecord: () => number): void {
    this.#show([
      ['dujiang_validator_faults', 'Faults of validators on record, proved by their own signatures', onRecord],
    ])
  }

  /** Shows where `node` stands whenever it is asked. */
  watch(node: Pick<LedgerNode, 'status'>, clock: Clock): void {
    this.#show([
      ['dujiang_ledger_height', 'Height of the last committed block', () => node.status().height],
      [
        'dujiang_ledger_lag_seconds',
        'How far the time of the last block is behind the clock',
        () => (clock.nowMs() - node.status().timeMs) / 1_000,
      ],
      ['dujiang_ledger_receipts', 'Receipts in the log', () => node.status().receipts],
      ['dujiang_ledger_provable', 'Receipts that can be proved', () => node.status().provable],
      ['dujiang_ledger_pending', 'Acts taken in and not yet in a block', () => node.status().pending],
      [
        'dujiang_archive_behind_blocks',
        'Blocks from the lowest that is not in the archive yet to the newest',
        () => node.status().archive?.behind ?? 0,
      ],
      [
        'dujiang_older_copy',
        '1 when the node was started with an older copy of its disk',
        () => (node.status().olderCopy === undefined ? 0 : 1),
      ],
      ['dujiang_ready', '1 while the node takes part, 0 once it has failed or while it is stalled', () => ready(node)],
    ])
  }

  #show(gauges: readonly (readonly [name: string, help: string, value: () => number])[]): void {
    for (const [name, help, value] of gauges) {
      const gauge: Gauge = new Gauge({ name, help, registers: [this.registry], collect: () => gauge.set(value()) })
    }
  }
}

function ready(node: Pick<LedgerNode, 'status'>): number {
  const { failure, stalled } = node.status()
  return failure === undefined && stalled === undefined ? 1 : 0
}
