import { setTimeout as delay } from 'node:timers/promises'
import { CometRpc } from '../engine/comet/rpc.ts'
import {
  checkHome,
  ConfigRefused,
  defaultPairLimits,
  homePaths,
  isRunning,
  type Noted,
  notedEngine,
  readHome,
  sendSignal,
  versionOf,
} from '../network/index.ts'

const PATIENCE_MS = 300_000
const LOOK_AGAIN_MS = 100

/** Nothing was ended, for the cause that it has: the node runs on as it was started. */
export class NotRestarted extends Error {
  override name = 'NotRestarted'

  constructor(cause: unknown) {
    super((cause as Error).message, { cause })
  }
}

/**
 * Has a running supervisor start both processes of its home anew, and resolves with the height once the node makes blocks
 * with the others again. The engine is asked to end, and after `endMs` made to: one that hangs neither answers nor listens. To
 * its supervisor that is an end like any other. Rejects with {@link NotRestarted} where the home could not be run as it is now.
 * Rule CARD-7.
 */
export async function restartPair(home: string, endMs = defaultPairLimits.endMs): Promise<number> {
  const { rpcUrl, children, before } = await beforehand(home).catch((cause: unknown) => {
    throw new NotRestarted(cause)
  })
  const rpc = new CometRpc(rpcUrl, { timeoutMs: 2_000 })
  try {
    let height = (await standOf(rpc))?.height
    await end(before, endMs)
    const overMs = performance.now() + PATIENCE_MS
    for (;;) {
      const stand = await standOf(rpc)
      const now = await notedEngine(children)
      if (now !== undefined && now.pid !== before.pid && stand !== undefined) {
        // One that did not answer before is measured by where it begins now.
        height ??= stand.height
        // A block beyond those it had: it has heard of the others, not only of itself.
        if (!stand.catchingUp && stand.height > height) return stand.height
      }
      if (performance.now() > overMs) throw new Error(`no block after ${PATIENCE_MS / 1_000} s`)
      await delay(LOOK_AGAIN_MS)
    }
  } finally {
    rpc.close()
  }
}

/** What a restart begins with. Rejects where the supervisor would not run the home as it is now. */
async function beforehand(home: string) {
  const { rpcUrl } = await readHome(home)
  const { children } = homePaths(home)
  const before = await notedEngine(children)
  if (before === undefined) throw new Error(`${children} notes no engine`)
  const cometbft = before.argv[0] as string
  const version = await checkHome(home, cometbft)
  // A program that runs can be read there though its file is another by now; a system without /proc does not say.
  const running = await versionOf(`/proc/${before.pid}/exe`)
  if (running !== undefined && running !== version) {
    throw new ConfigRefused(
      `版本已变 ${cometbft} is ${version ?? 'of no version'} now and ${running} is running: start its supervisor anew`,
    )
  }
  return { rpcUrl, children, before }
}

/** One that has ended meanwhile is started anew without being asked. */
async function end(engine: Noted, endMs: number): Promise<void> {
  sendSignal(engine, 'SIGTERM')
  const overMs = performance.now() + endMs
  while (await isRunning(engine)) {
    if (performance.now() > overMs) sendSignal(engine, 'SIGKILL')
    await delay(LOOK_AGAIN_MS)
  }
}

async function standOf(rpc: CometRpc): Promise<{ readonly height: number; readonly catchingUp: boolean } | undefined> {
  return rpc.status().catch(() => undefined)
}
