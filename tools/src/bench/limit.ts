import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Scheme } from '@dujiang/core/crypto'

/** What LIBRARIES.md measured on two quiet cores: below 70 % of it, a run says more about its neighbours than about us. */
const QUIET_PER_S: Readonly<Record<Scheme, number>> = { sm2: 7_400, ed25519: 20_700 }
const QUIET_PART = 0.7

/** What all cores do when they only verify: keys imported, key objects kept. */
export interface RawVerification {
  /** Signatures a second, all cores together. */
  readonly perSecond: number
  /** Processor time of one signature: unlike the rate, it hardly changes when others use the machine too. */
  readonly cpuUs: number
}

export async function rawVerification(scheme: Scheme, seconds: number): Promise<RawVerification> {
  const workers = Array.from(
    { length: availableParallelism() },
    () => new Worker(new URL('./limit-worker.ts', import.meta.url), { workerData: { scheme, seconds } }),
  )
  await Promise.all(workers.map((worker) => once(worker, 'message')))
  const rates = workers.map(async (worker) => {
    const [rate] = (await once(worker, 'message')) as [RawVerification]
    await worker.terminate()
    return rate
  })
  for (const worker of workers) worker.postMessage('go')
  const done = await Promise.all(rates)
  const sum = (of: (rate: RawVerification) => number): number => done.reduce((total, rate) => total + of(rate), 0)
  return { perSecond: sum(({ perSecond }) => perSecond), cpuUs: sum(({ cpuUs }) => cpuUs) / done.length }
}

/** The limit of a quiet machine; `busy` says what to think of a run that stayed far below it. */
export function quietLimit(scheme: Scheme, perSecond: number): { readonly limit: number; readonly busy?: string } {
  const limit = QUIET_PER_S[scheme]
  if (perSecond >= QUIET_PART * limit) return { limit }
  return { limit, busy: `below ${100 * QUIET_PART} % of a quiet machine: others use these cores` }
}
