import { Gauge, Registry } from 'prom-client'
import { type MetricsDoor, serveMetrics } from '../metrics/serve.ts'
import type { Pair, PairState } from './pair.ts'

const states: readonly PairState[] = ['idle', 'starting', 'running', 'waiting', 'stopping', 'stopped']

/**
 * Runs a pair until this process is asked to end, and shows its metrics on this port meanwhile, 0 for any; resolves with the
 * pair stopped. A second signal ends at once. Rejects, with the pair stopped too, when the home cannot be run as it is, or
 * the port is in use.
 */
export async function supervise(pair: Pair, metricsPort: number): Promise<void> {
  const onSignal = () => void pair.stop()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, onSignal)
  let metrics: MetricsDoor | undefined
  try {
    // The home first: of one that runs already, that is to be said, and not that its port is in use.
    await pair.take()
    metrics = await serveMetrics(pairMetrics(pair), metricsPort)
    await pair.start()
    await pair.until('stopped')
  } finally {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.off(signal, onSignal)
    await pair.stop()
    await metrics?.close()
  }
}

/** What a supervisor knows of its pair, for Prometheus. */
export function pairMetrics(pair: Pair): Registry {
  const registry = new Registry()
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(value())
      },
    })
  gauge('dujiang_pair_restarts', 'Times both processes were started anew', () => pair.restarts)
  gauge('dujiang_pair_height', 'Last height seen by the supervisor', () => pair.height ?? 0)
  gauge('dujiang_pair_alarm', '1 while the height stands still or the consensus has failed', () =>
    pair.alarm === undefined ? 0 : 1,
  )
  gauge('dujiang_pair_stranded', '1 while peers are further and give no block', () =>
    pair.alarm === 'stranded' ? 1 : 0,
  )
  gauge('dujiang_pair_halves_apart', '1 while the engine does not start with the ledger of its home', () =>
    pair.alarm === 'halvesApart' ? 1 : 0,
  )
  gauge('dujiang_pair_list_unreadable', '1 while the list of peers has a mistake in it', () =>
    pair.listTrouble === undefined ? 0 : 1,
  )
  gauge('dujiang_pair_peers_missing', 'Listed peers that are not connected', () => pair.missing.length)
  new Gauge({
    name: 'dujiang_pair_state',
    help: '1 for the state the pair is in',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      for (const state of states) this.set({ state }, pair.state === state ? 1 : 0)
    },
  })
  return registry
}
