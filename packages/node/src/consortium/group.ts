import { type MetricsDoor, serveMetrics } from '../metrics/index.ts'
import { Pair, type PairLimits, pairMetrics } from '../network/index.ts'
import { readDoor } from './member-home.ts'

export interface GroupMember {
  readonly name: string
  readonly home: string
}

export interface GroupOptions {
  /** Path of the cometbft binary. */
  readonly cometbft: string
  /** Command of the ledger's half of a home. */
  readonly app: (home: string) => readonly string[]
  /** Its environment; this process's unless told. */
  readonly env?: (home: string) => NodeJS.ProcessEnv
  readonly log: (line: string) => void
  readonly limits?: Partial<PairLimits>
}

/** Several pairs under one parent, as on the one machine of a rehearsal. They end with it. */
export class PairGroup {
  readonly #members: readonly (GroupMember & { readonly pair: Pair })[]
  readonly #metrics: MetricsDoor[] = []

  constructor(
    members: readonly GroupMember[],
    { cometbft, app, env = () => process.env, log, limits = {} }: GroupOptions,
  ) {
    this.#members = members.map(({ name, home }) => {
      const own = { home, cometbft, app: app(home), env: env(home), limits }
      const pair = new Pair({ ...own, log: (line) => log(`${name}: ${line}`) })
      return { name, home, pair }
    })
  }

  /** Takes all homes for this process. When one cannot be run as it is, or another process has it, none is taken. */
  async take(): Promise<void> {
    await this.#allOrNone(({ pair }) => pair.take())
  }

  /** Takes all homes unless it has, and begins all, each with its metrics. When one cannot be run, none is left running. */
  async start(): Promise<void> {
    await this.take()
    await this.#allOrNone(async ({ home, pair }) => {
      const { metrics } = await readDoor(home)
      this.#metrics.push(await serveMetrics(pairMetrics(pair), metrics.supervisor))
      await pair.start()
    })
  }

  async stop(): Promise<void> {
    await Promise.all(this.#members.map(({ pair }) => pair.stop()))
    await Promise.all(this.#metrics.splice(0).map((door) => door.close()))
  }

  async #allOrNone(step: (member: GroupMember & { readonly pair: Pair }) => Promise<void>): Promise<void> {
    const taken = await Promise.allSettled(this.#members.map(step))
    const failed = taken.find((each) => each.status === 'rejected')
    if (failed === undefined) return
    await this.stop()
    throw failed.reason
  }
}
