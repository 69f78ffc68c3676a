import { rm, stat } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { Child, type Exit, exitText } from './child.ts'
import { engineEnv } from './engine-env.ts'
import { homePaths } from './home.ts'
import { noteChildren } from './leftovers.ts'
import type { Member, PairOptions } from './pair-options.ts'

/** What the engine logs when its consensus has died, while its process goes on as if nothing were. */
const CONSENSUS_FAILURE = 'CONSENSUS FAILURE!!!'

export interface LifeListener {
  onLine(member: Member, line: string): void
  onExit(member: Member, exit: Exit): void
  onConsensusFailure(): void
}

/** One life of the two processes of a pair, from their start to the end of both. */
export class Life {
  /** Aborted, with the reason as text, when this life is over. */
  readonly over: AbortSignal
  readonly #over = new AbortController()
  readonly #options: PairOptions
  readonly #listener: LifeListener
  readonly #children: Partial<Record<Member, Child>> = {}

  constructor(options: PairOptions, listener: LifeListener) {
    this.over = this.#over.signal
    this.#options = options
    this.#listener = listener
  }

  pid(member: Member): number | undefined {
    return this.#children[member]?.pid
  }

  /** Says that this life is over, and why; the first reason stays. */
  finish(why: string): void {
    this.#over.abort(why)
  }

  /**
   * Starts the application and, once it listens, the engine, which would otherwise try again only after three seconds; before
   * it reads its settings they are `check`ed, for an application that executes its journal listens after minutes.
   */
  async begin(check: () => Promise<void>): Promise<void> {
    const { home, app, cometbft } = this.#options
    const paths = homePaths(home)
    await rm(paths.socket, { force: true })
    if (this.over.aborted) return
    await this.#start('app', app)
    while (!this.over.aborted && !(await isThere(paths.socket))) await delay(10)
    if (!this.over.aborted) await check()
    if (!this.over.aborted) await this.#start('cometbft', [cometbft, 'start', '--home', paths.comet])
  }

  /** Ends both and resolves when they have ended: the engine first, so that the application answers it to the last. */
  async end(limitMs: number): Promise<void> {
    await this.#children.cometbft?.end(limitMs)
    await this.#children.app?.end(limitMs)
  }

  async #start(member: Member, argv: readonly string[]): Promise<void> {
    const { env = process.env } = this.#options
    const child = new Child(argv, member === 'cometbft' ? engineEnv(env) : env, (line) => {
      this.#listener.onLine(member, line)
      if (member !== 'cometbft' || !line.includes(CONSENSUS_FAILURE)) return
      this.#listener.onConsensusFailure()
      this.finish('the consensus of cometbft has failed')
    })
    this.#children[member] = child
    void child.exited.then((exit) => {
      this.#listener.onExit(member, exit)
      this.finish(`${member} ended (${exitText(exit)})`)
    })
    // On a full disk they run without being noted.
    await noteChildren(homePaths(this.#options.home).children, Object.values(this.#children)).catch((cause: Error) => {
      this.#options.log(`the children are not noted: ${cause.message}`)
    })
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
