import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Scheme } from '@dujiang/core/crypto'
import { nodeCommand } from '@dujiang/node/network'
import type { LoadResult } from './load.ts'
import type { NodeAnswer } from './node-process.ts'
import type { OrdersCommand, OrdersPlan } from './orders-load-process.ts'
import { type RunningPair, startPairs, stopPairs } from './pairs.ts'
import { Part, script } from './part.ts'

export interface NetworkOptions {
  readonly cometbft: string
  readonly validators: 1 | 4
  readonly scheme: Scheme
  readonly spreads?: readonly number[]
  readonly lifetimeMs?: number
  /** Heights from one snapshot to the next, where not as the house sets it. */
  readonly snapshotEvery?: number
  /** May the nodes be asked what memory is in use, without the garbage? */
  readonly collects?: boolean
  /** A folder for processor profiles of the nodes, a file a thread, and of their engines under load. */
  readonly profileDir?: string | undefined
}

type LoadCommand = Extract<OrdersCommand, { do: 'closed' | 'open' }>

/** Orders on their way at once: enough that no block waits for more. */
export const inFlight = (validators: 1 | 4): number => (validators === 1 ? 6_000 : 4_000)
/** Threads that check signatures, of each node: four nodes share the machine. */
const workersOf = (validators: 1 | 4): number => (validators === 1 ? 2 : 1)
const nodeProcess = new URL('node-process.ts', import.meta.url).pathname
const OPENS_IN_MS = 25_000
const LIFETIME_MS = 6 * 3_600_000
const AGREE_MS_MAX = 60_000

/** The full application on a network of its own in this machine, with its load generator. */
export class LedgerNetwork {
  readonly #dir: string
  readonly #profileDir: string | undefined
  readonly #loader: Part
  readonly pairs: readonly RunningPair[]
  readonly units: number

  private constructor(
    dir: string,
    pairs: readonly RunningPair[],
    loader: Part,
    { units, profileDir }: { readonly units: number; readonly profileDir: string | undefined },
  ) {
    this.#dir = dir
    this.#profileDir = profileDir
    this.pairs = pairs
    this.#loader = loader
    this.units = units
  }

  /** Founds a chain and its market; resolves when orders can be sent. */
  static async start(options: NetworkOptions): Promise<LedgerNetwork> {
    const { cometbft, validators, scheme, spreads = [1], lifetimeMs = LIFETIME_MS, snapshotEvery, profileDir } = options
    const collecting = options.collects === true ? ['--expose-gc'] : []
    const dir = await mkdtemp(join(tmpdir(), 'djbench-'))
    const [node, ...flags] = nodeCommand(nodeProcess)
    const profile = profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`]
    const own = snapshotEvery === undefined ? [] : [String(snapshotEvery)]
    const app = (home: string) => [
      node!,
      ...collecting,
      ...profile,
      ...flags,
      home,
      String(workersOf(validators)),
      ...own,
    ]
    const pairs = await startPairs({ dir, cometbft, validators, app, profiled: profileDir !== undefined })
    const answers = await Promise.all(pairs.map(({ app: node }) => node.ask<NodeAnswer>({})))
    const plan: OrdersPlan = {
      urls: answers.map(({ url }) => url),
      chain: answers[0]!.chain,
      scheme,
      units: inFlight(validators),
      spreads,
      lifetimeMs,
      opensInMs: OPENS_IN_MS,
    }
    const loader = new Part('loader', script('orders-load-process.ts', [JSON.stringify(plan)]), join(dir, 'loader.log'))
    const network = new LedgerNetwork(dir, pairs, loader, { units: plan.units, profileDir })
    try {
      await loader.answer()
      return network
    } catch (cause) {
      await network.stop()
      throw new Error(`see ${dir}/loader.log`, { cause })
    }
  }

  get parts(): readonly Part[] {
    return [this.#loader, ...this.pairs.flatMap(({ app, engine }) => [app, engine])]
  }

  sign(books: number, rounds: number): Promise<unknown> {
    const command: OrdersCommand = { do: 'sign', books, rounds }
    return this.#loader.ask(command)
  }

  ask(command: LoadCommand): Promise<LoadResult> {
    return this.#loader.ask<LoadResult>(command)
  }

  /** Rejects when a request went wrong. */
  async load(command: LoadCommand): Promise<LoadResult> {
    const [result] = await Promise.all([this.ask(command), this.#profileEngines(command.seconds)])
    if (result.errors > 0) throw new Error(`${result.errors} requests went wrong: ${result.firstError}`)
    return result
  }

  async #profileEngines(seconds: number): Promise<void> {
    const dir = this.#profileDir
    if (dir === undefined) return
    const profile = async ({ pprofUrl }: RunningPair, at: number): Promise<void> => {
      const answer = await fetch(`${pprofUrl}/profile?seconds=${seconds}`)
      await writeFile(join(dir, `cometbft.${at}.pb.gz`), new Uint8Array(await answer.arrayBuffer()))
    }
    await Promise.all(this.pairs.map(profile))
  }

  stands(): Promise<readonly NodeAnswer[]> {
    return Promise.all(this.pairs.map(({ app }) => app.ask<NodeAnswer>({})))
  }

  /** The state all nodes have come to, once nothing is on its way; rejects when they do not agree. */
  async agreed(): Promise<NodeAnswer> {
    const endsAt = performance.now() + AGREE_MS_MAX
    for (;;) {
      const stands = await this.stands()
      if (stands.every(({ receipts, appHash }) => receipts === stands[0]!.receipts && appHash === stands[0]!.appHash)) {
        return stands[0]!
      }
      if (performance.now() > endsAt) throw new Error(`the nodes do not agree: ${JSON.stringify(stands)}`)
      await delay(500)
    }
  }

  /** Ends all processes; the homes stay until `remove`. */
  async stop(): Promise<void> {
    await this.#loader.stop()
    await stopPairs(this.pairs)
  }

  async remove(): Promise<void> {
    await this.stop()
    await rm(this.#dir, { recursive: true })
  }
}
