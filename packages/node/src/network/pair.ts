import { EventEmitter, once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { CometRpc } from '../engine/comet/rpc.ts'
import { type DiskLock, realDisk } from '../seams/index.ts'
import type { Exit } from './child.ts'
import { ConfigRefused } from './config.ts'
import { settingsIn } from './engine-env.ts'
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
  /** The list of peers has a mistake in it, or undefined: it has none any more. */
  list: [trouble: string | undefined]
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
  /** Of the binary, when the home was taken. */
  #version: string | undefined
  #lock: DiskLock | undefined
  #begun = false
  #done: Promise<void> | undefined
  #life: Life | undefined
  #state: PairState = 'idle'
  #restarts = 0

  constructor(options: PairOptions) {
    super()
    this.#options = options
    this.#limits = { ...defaultPairLimits, ...options.limits }
    this.#watch = new Watch(this.#limits, homePaths(options.home).peers, {
      log: options.log,
      onAnswer: () => {
        if (this.#state === 'starting') this.#become('running')
      },
      onHeight: (height) => this.emit('height', height),
      onAlarm: (alarm) => this.emit('alarm', alarm),
      onMoving: () => this.emit('moving'),
      onLost: (peer) => this.emit('lost', peer),
      onBack: (peer) => this.emit('back', peer),
      onList: (trouble) => this.emit('list', trouble),
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

  /** What is wrong with the list of peers, if something is. */
  get listTrouble(): string | undefined {
    return this.#watch.listTrouble
  }

  /** The process of a member, while there is one. */
  pid(member: Member): number | undefined {
    return this.#life?.pid(member)
  }

  /**
   * Checks the home and takes it for this process; `stop` gives it back. Rejects when it cannot be run as it is, with the code
   * `ELOCKED` while another supervisor has it.
   */
  async take(): Promise<void> {
    if (this.#lock !== undefined) return
    const { home, cometbft } = this.#options
    this.#version = await checkHome(home, cometbft)
    await readHome(home)
    this.#lock = await realDisk.lock(homePaths(home).lock)
  }

  /**
   * Takes the home unless it has, and begins. Rejects as `take` does, and where what outlived an earlier supervisor cannot be
   * ended: then it has given the home back.
   */
  async start(): Promise<void> {
    this.#begun = true
    await this.take()
    const { home, env = process.env, log } = this.#options
    const left = await endLeftovers(homePaths(home).children).catch(async (cause: unknown) => {
      await this.#release()
      throw cause
    })
    if (left > 0) log(`ended ${left} processes that outlived their supervisor`)
    const ignored = settingsIn(env)
    if (ignored.length > 0) log(`${ignored.join(', ')}: kept from cometbft, which goes by its configuration file alone`)
    this.#done = this.#liveOn()
  }

  /** Ends both in order and resolves when they have ended. A start under way comes to nothing. */
  async stop(): Promise<void> {
    this.#stop.abort()
    this.#life?.finish('asked to stop')
    await this.#done
    if (!this.#begun) await this.#release()
  }

  /** Resolves when it is in `state`, at once if it is. */
  async until(state: PairState): Promise<void> {
    while (this.#state !== state) await once(this, 'state')
  }

  async #liveOn(): Promise<void> {
    const { logs, restartMs, restartMsMax } = this.#limits
    const folder = homePaths(this.#options.home).logs
    const files = {
      app: new LogFile(join(folder, 'app.log'), logs),
      cometbft: new LogFile(join(folder, 'comet.log'), logs),
    }
    let pauseMs = restartMs
    this.#watch.begin()
    while (!this.#stop.signal.aborted) {
      const heightBefore = this.height ?? 0
      const why = await this.#liveOnce(files)
      if (this.#stop.signal.aborted) break
      if ((this.height ?? 0) > heightBefore) pauseMs = restartMs
      this.#restarts++
      this.#options.log(`${why}; starting both anew in ${pauseMs} ms`)
      this.#become('waiting')
      await delay(pauseMs, undefined, { signal: this.#stop.signal }).catch(() => undefined)
      pauseMs = Math.min(2 * pauseMs, restartMsMax)
    }
    this.#watch.end()
    for (const file of Object.values(files)) file.close()
    await this.#release()
    this.#become('stopped')
  }

  /** Resolves with why this life is over, once both have ended. */
  async #liveOnce(files: Readonly<Record<Member, LogFile>>): Promise<string> {
    this.#become('starting')
    const life = new Life(this.#options, {
      onLine: (member, line) => {
        files[member].write(line)
        this.#watch.hear(member, line)
      },
      onExit: (member, exit) => this.emit('exit', member, exit),
      onConsensusFailure: () => this.#watch.raise('consensusFailure'),
    })
    this.#life = life
    await this.#watch.readList()
    let rpc: CometRpc | undefined
    try {
      const rpcUrl = await this.#checked()
      rpc = new CometRpc(rpcUrl, { timeoutMs: 2_000 })
      await life.begin(async () => {
        if ((await this.#checked()) === rpcUrl) return
        // The application asks the engine where it answered by the settings as they were.
        throw new Error('another rpc.laddr was written down while the application opened')
      })
      await this.#watch.lookOn(life, rpc)
    } catch (cause) {
      life.finish(`it cannot be started: ${(cause as Error).message}`)
    } finally {
      if (this.#stop.signal.aborted) this.#become('stopping')
      await life.end(this.#limits.endMs)
      rpc?.close()
    }
    return String(life.over.reason)
  }

  /** Settings and binary may be others than in the life before. Resolves with where the engine will answer. Rule PAIR-7. */
  async #checked(): Promise<string> {
    const { home, cometbft } = this.#options
    const version = await checkHome(home, cometbft)
    if (version !== this.#version) {
      const [was, is] = [this.#version, version].map((each) => each ?? 'of no version')
      throw new ConfigRefused(
        `版本已变 ${cometbft} was ${was} when this supervisor began and is ${is} now: start it anew`,
      )
    }
    return (await readHome(home)).rpcUrl
  }

  async #release(): Promise<void> {
    const lock = this.#lock
    this.#lock = undefined
    await lock?.release()
  }

  #become(state: PairState): void {
    if (this.#state === state) return
    this.#state = state
    this.emit('state', state)
  }
}
