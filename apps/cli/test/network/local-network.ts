import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { CometbftMissing, findCometbft, networkStand, nodesAgree, readHome } from '@dujiang/node/network'
import { realClock } from '@dujiang/node/seams'
import { freeBlock } from '@dujiang/testing/network'
import { type Ran, dujiang } from '../run.ts'

const main = join(import.meta.dirname, '../../src/main.ts')

/** For `describe`: false, or what is missing. */
export const missing = await findCometbft().then(
  () => false as const,
  (cause: unknown) => {
    if (cause instanceof CometbftMissing) return cause.message
    throw cause
  },
)

/** A network of four validators that `dujiang network local` runs in a process of its own. */
export class LocalNetwork {
  readonly dir: string
  /** The first of its ports. */
  readonly first: number
  readonly ended: Promise<number | null>
  readonly #parent: ChildProcess

  private constructor(dir: string, first: number, parent: ChildProcess) {
    this.dir = dir
    this.first = first
    this.#parent = parent
    this.ended = new Promise((resolve) => parent.once('exit', resolve))
  }

  /** Resolves when all its nodes answer and agree. They keep no lists: nothing here asks for one. */
  static async start(dir: string, ...flags: readonly string[]): Promise<LocalNetwork> {
    const first = await freeBlock(PORTS)
    const args = [main, 'network', 'local', '--dir', dir, '--full-nodes', '0', '--port', String(first), ...flags]
    const parent = spawn(process.execPath, [...args, '--lang', 'en'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, DUJIANG_PROJECTIONS: 'none' },
    })
    let said = ''
    parent.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const network = new LocalNetwork(dir, first, parent)
    for (const endMs = Date.now() + PATIENCE_MS; !(await network.#isUp()); await delay(200)) {
      if (parent.exitCode === null && Date.now() < endMs) continue
      await network.end()
      throw new Error(`the network does not come up: ${said}`)
    }
    return network
  }

  status(): Promise<Ran> {
    return dujiang(['network', 'status', '--dir', this.dir, '--json'])
  }

  async #isUp(): Promise<boolean> {
    const asked = await Promise.all(
      ['SCPX', 'DADUHE', 'HUADIAN', 'SCYH'].map(async (org) => ({
        name: org,
        rpcUrl: (await readHome(this.home(org))).rpcUrl,
      })),
    ).catch(() => [])
    const stand = await networkStand(asked, realClock)
    return stand.nodes.length > 0 && stand.nodes.every((node) => 'height' in node) && nodesAgree(stand)
  }

  home(org: string): string {
    return join(this.dir, 'nodes', org)
  }

  async end(): Promise<void> {
    this.#parent.kill('SIGTERM')
    await this.ended
  }
}

const PATIENCE_MS = 240_000
/** Ten for each of its nodes, one after the other, and some for a node that joins them. */
const PORTS = 60
