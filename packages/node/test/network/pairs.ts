import { once } from 'node:events'
import type { TestContext } from 'node:test'
import { CometRpc } from '../../src/engine/comet/rpc.ts'
import { type HomePlan, layOutHome, Pair, type PairLimits, type PairOptions } from '../../src/network/index.ts'
import { atEnd, cometbft, countingApp, plans, temporaryFolder } from './homes.ts'

/** Quick to look and to start anew, and to give up on a child; no slow machine is taken for a height that stands still. */
const limits: Partial<PairLimits> = { lookMs: 100, restartMs: 10, endMs: 5_000, frozenMs: 120_000 }
/** No engine of a slow machine is taken for one that does not answer. */
const ANSWER_MS = 60_000

export interface TestPair {
  readonly pair: Pair
  readonly plan: HomePlan
  readonly rpc: CometRpc
  /** What it told the operator. */
  readonly lines: readonly string[]
}

/** Homes of one network, with pairs of the counting application that are not yet started and end with the test. */
export async function pairsOf(t: TestContext, count: number, over: Partial<PairLimits> = {}): Promise<TestPair[]> {
  const made: TestPair[] = []
  for (const plan of await plans(temporaryFolder(t), count)) {
    await layOutHome(plan)
    made.push(pairOf(t, plan, over))
  }
  return made
}

export function pairOf(
  t: TestContext,
  plan: HomePlan,
  over: Partial<PairLimits> = {},
  more: Partial<Pick<PairOptions, 'app' | 'cometbft' | 'env'>> = {},
): TestPair {
  const lines: string[] = []
  const app = [process.execPath, countingApp, plan.home]
  const pair = new Pair({
    home: plan.home,
    cometbft: cometbft!.path,
    app,
    limits: { ...limits, ...over },
    log: (line) => lines.push(line),
    ...more,
  })
  const rpc = new CometRpc(`http://127.0.0.1:${plan.ports.rpc}`, { timeoutMs: ANSWER_MS })
  atEnd(t, async () => {
    rpc.close()
    await pair.stop()
  })
  return { pair, plan, rpc, lines }
}

/** Resolves when the pair has seen this height. */
export async function untilHeight(pair: Pair, height: number): Promise<void> {
  while ((pair.height ?? 0) < height) await once(pair, 'height')
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
