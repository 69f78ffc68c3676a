import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { type AbciApp, serveAbci } from '@dujiang/node/abci'
import type { AdapterLoad } from './adapter-load.ts'

export interface AdapterCost {
  readonly txs: number
  /** CPU of the thread that serves, for all of a transaction's way: checked, proposed, judged and executed. */
  readonly threadMicrosecondsPerTx: number
}

/**
 * What our server and `app` cost the thread that calls this, without CometBFT and at full speed. The first
 * run in a process also compiles.
 */
export async function measureAdapter(app: AbciApp, load: Omit<AdapterLoad, 'path'>): Promise<AdapterCost> {
  const folder = await mkdtemp(join(tmpdir(), 'dujiang-cost-'))
  const path = join(folder, 's')
  let failure: unknown
  const server = await serveAbci(path, app, { onFailure: (cause) => (failure = cause) })
  try {
    const before = process.threadCpuUsage()
    const worker = new Worker(new URL('./adapter-load.ts', import.meta.url), { workerData: { ...load, path } })
    await once(worker, 'message')
    const { user, system } = process.threadCpuUsage(before)
    await worker.terminate()
    if (failure !== undefined) throw new Error('the app failed', { cause: failure })
    const txs = load.blocks * load.txsPerBlock
    return { txs, threadMicrosecondsPerTx: (user + system) / txs }
  } finally {
    await server.close()
    await rm(folder, { recursive: true })
  }
}
