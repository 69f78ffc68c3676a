import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { CometRpc } from '../engine/comet/rpc.ts'
import { homePaths, readHome } from '../network/index.ts'

const PATIENCE_MS = 300_000
const LOOK_AGAIN_MS = 100

/**
 * Has a running supervisor start both processes of its home anew, and resolves with the height once the node makes blocks
 * with the others again. The engine is asked to end, which to its supervisor is an end like any other. Rule CARD-7.
 */
export async function restartPair(home: string): Promise<number> {
  const { rpcUrl } = await readHome(home)
  const { children } = homePaths(home)
  const before = await engineIn(children)
  const rpc = new CometRpc(rpcUrl, { timeoutMs: 2_000 })
  try {
    const { height } = await rpc.status()
    process.kill(before, 'SIGTERM')
    const endMs = performance.now() + PATIENCE_MS
    for (;;) {
      const stand = await standOf(rpc)
      const isAnother = (await engineIn(children).catch(() => before)) !== before
      // A block beyond those it had: it has heard of the others, not only of itself.
      if (isAnother && stand !== undefined && !stand.catchingUp && stand.height > height) return stand.height
      if (performance.now() > endMs) throw new Error(`no block after ${PATIENCE_MS / 1_000} s`)
      await delay(LOOK_AGAIN_MS)
    }
  } finally {
    rpc.close()
  }
}

/** The process of the engine, as its supervisor has noted it. */
async function engineIn(path: string): Promise<number> {
  const noted = JSON.parse(await readFile(path, 'utf8')) as readonly {
    readonly pid: number
    readonly argv: readonly string[]
  }[]
  const engine = noted.find(({ argv }) => argv[1] === 'start')
  if (engine === undefined) throw new Error(`${path} notes no engine`)
  return engine.pid
}

async function standOf(rpc: CometRpc): Promise<{ readonly height: number; readonly catchingUp: boolean } | undefined> {
  return rpc.status().catch(() => undefined)
}
