import { EventEmitter, once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { CometRpc } from '../engine/comet/rpc.ts'
import { type DiskLock, realDisk } from '../seams/index.ts'
import type { Exit } from './child.ts'
import { checkHome, homePaths, readHome } from './home.ts'
import { endLeftovers } from './leftovers.ts'
import { Life } from './life.ts'
import { LogFile } from './log-file.ts'
import { defaultPairLimits, type Member, type PairLimits, type PairOptions } from './pair-options.ts'
import { type Alarm, Watch } from './watch.ts'

/** `starting` until the engine has answered once, `waiting` between two lives. */
export type PairState = 'idle' | 'starting' | 'running' | 'waiting' | 'stopping' | 'stopped'

interface PairEvents {
  state: [state: PairState]
  exit: [member: Member, exit: Exit]
  height: [height: number]
  /** Somebody should look; `moving` ends it. */
  alarm: [alarm: Alarm]
  moving: []
  /** This peer has been missing for long, or is connected again. */
  lost: [peer: string]
  back: [peer: string]
}

/**
 * The application and the cometbft process of one home: they live and die together, since neither can do without the
 * other. Any exit of either, code 0 too, ends the other and starts both anew. Rules PAIR-1 to PAIR-8.
 */
export class Pair extends EventEmitter<PairEvents> {
  readonly #options: PairOptions
  readonly #limits: PairLimits
  readonly #watch: Watch
  readonly #stop = new AbortController()
  #done: Promise<void> | undefined
  #life: Life | undefined
  #state: PairState = 'idle'
  #restarts = 0

  constructor(options: PairOptions) {
    super()
    this.#options = options
    this.#limits = { ...defaultPairLimits, ...options.limits }
    this.#watch = new Watch(this.#limits, {
      log: options.log,
      onAnswer: () => {
        if (this.#state === 'starting') this.#become('running')
      },
      onHeight: (height) => this.emit('height', height),
      onAlarm: (alarm) => this.emit('alarm', alarm),
      onMoving: () => this.emit('moving'),
      onLost: (peer) => this.emit('lost', peer),
      onBack: (peer) => this.emit('back', peer),
    })
  }

  get state(): PairState {
    return this.#state
  }

  get restarts(): number {
    return this.#restarts
  }

  /** The last height seen; undefined before the first answer. */
  get height(): number | undefined {
    return this.#watch.height
  }

  get alarm(): Alarm | undefined {
    return this.#watch.alarm
  }

  /** Names of the listed peers that were not connected at the last look. */
  get missing(): readonly string[] {
    return this.#watch.missing
  }

  /** The process of a member, while there is one. */
  pid(member: Member): number | undefined {
    return this.#life?.pid(member)
  }

  /** Checks the home, takes it for this process and begins. Rejects when it cannot be run as it is. */
  async start(): Promise<void> {
    const paths = homePaths(this.#options.home)
    await checkHome(this.#options.home, this.#options.cometbft)
    const { rpcUrl } = await readHome(this.#options.home)
    const lock = await realDisk.lock(paths.lock)
    const left = await endLeftovers(paths.children)
    if (left > 0) this.#options.log(`ended ${left} processes that outlived their supervisor`)
    this.#done = this.#liveOn(rpcUrl, lock)
  }

  /** Ends both in order and resolves when they have ended. A start under way comes to nothing. */
  async stop(): Promise<void> {
    this.#stop.abort()
    this.#life?.finish('asked to stop')
    await this.#done
  }

  /** Resolves when it is in `state`, at once if it is. */
  async until(state: PairState): Promise<void> {
    while (this.#state !== state) await once(this, 'state')
  }

  async #liveOn(rpcUrl: string, lock: DiskLock): Promise<void> {
    const { logs, restartMs, restartMsMax } = this.#limits
    const folder = homePaths(this.#options.home).logs
    const files = {
      app: new LogFile(join(folder, 'app.log'), logs),
      cometbft: new LogFile(join(folder, 'comet.log'), logs),
    }
    const rpc = new CometRpc(rpcUrl, { timeoutMs: 2_000 })
    let pauseMs = restartMs
    this.#watch.begin()
    while (!this.#stop.signal.aborted) {
      const heightBefore = this.height ?? 0
      const why = await this.#liveOnce(rpc, files)
      if (this.#stop.signal.aborted) break
      if ((this.height ?? 0) > heightBefore) pauseMs = restartMs
      this.#restarts++
      this.#options.log(`${why}; starting both anew in ${pauseMs} ms`)
      this.#become('waiting')
      await delay(pauseMs, undefined, { signal: this.#stop.signal }).catch(() => undefined)
      pauseMs = Math.min(2 * pauseMs, restartMsMax)
    }
    this.#watch.end()
    rpc.close()
    for (const file of Object.values(files)) file.close()
    await lock.release()
    this.#become('stopped')
  }

  /** Resolves with why this life is over, once both have ended. */
  async #liveOnce(rpc: CometRpc, files: Readonly<Record<Member, LogFile>>): Promise<string> {
    this.#become('starting')
    const life = new Life(this.#options, {
      onLine: (member, line) => files[member].write(line),
      onExit: (member, exit) => this.emit('exit', member, exit),
      onConsensusFailure: () => this.#watch.raise('consensusFailure'),
    })
    this.#life = life
    try {
      await life.begin()
      await this.#watch.lookOn(life, rpc, homePaths(this.#options.home).peers)
    } catch (cause) {
      life.finish(`it cannot be started: ${(cause as Error).message}`)
    } finally {
      if (this.#stop.signal.aborted) this.#become('stopping')
      await life.end(this.#limits.endMs)
    }
    return String(life.over.reason)
  }

  #become(state: PairState): void {
    if (this.#state === state) return
    this.#state = state
    this.emit('state', state)
  }
}
