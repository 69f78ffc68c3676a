import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('node-process.ts', import.meta.url))
const ZONES = ['Asia/Shanghai', 'America/St_Johns', 'UTC', 'Pacific/Apia', 'Asia/Kathmandu']
const LANGUAGES = ['zh_CN.UTF-8', 'tr_TR.UTF-8', 'C', 'de_DE.UTF-8']

/** A cache before the disk that dies with the node; none for the machine's own disk. */
export type Cache = 'honest' | 'lying' | undefined

/** A process with the node's code loaded, waiting to be told to open its folder. */
interface Spare {
  readonly child: ChildProcess
  readonly loaded: Promise<void>
}

/**
 * A node in processes of its own, killed many times over one folder; each life has another time zone and language. The
 * process of the next life loads its code while this one lives, and touches the folder only when told to.
 */
export class NodeHost {
  readonly #dir: string
  readonly #cache: Cache
  readonly #livesMax: number
  #spare: Spare | undefined
  #child: ChildProcess | undefined
  #lives = 0
  /** Where the node serves: of this life, or of the next one while it is down. */
  #url = promisedUrl()
  #ready = false

  /**
   * @param dir holds `genesis.json`; the node's folder, and what Node compiles, come to lie in it
   * @param livesMax so many processes are started and no more
   */
  constructor(dir: string, cache: Cache, livesMax: number) {
    this.#dir = dir
    this.#cache = cache
    this.#livesMax = livesMax
  }

  get url(): Promise<string> {
    return this.#url.promise
  }

  get isReady(): boolean {
    return this.#ready
  }

  /** Starts a life; resolves when the node has been told to open its folder. */
  async start(): Promise<void> {
    const { child, loaded } = this.#spare ?? this.#spawn()
    this.#spare = undefined
    this.#child = child
    await loaded
    child.stdin?.write('go\n')
    if (this.#lives < this.#livesMax) this.#spare = this.#spawn()
  }

  /** kill -9 of the node with all it may have started; resolves when it is gone. */
  async kill(): Promise<void> {
    await this.#end(killGroup)
  }

  /** Asks the node to stop and resolves when it has; rejects when it did not end well. */
  async stop(): Promise<void> {
    const code = await this.#end((child) => child.kill('SIGTERM'))
    if (code !== 0) throw new Error(`the node stopped with exit code ${code}`)
  }

  /** Leaves nothing running, whatever happened before. */
  async close(): Promise<void> {
    const left = [this.#child, this.#spare?.child].filter((child) => child !== undefined).filter(isRunning)
    this.#child = undefined
    this.#spare = undefined
    const gone = left.map((child) => once(child, 'exit'))
    for (const child of left) killGroup(child)
    await Promise.all(gone)
  }

  #spawn(): Spare {
    const life = this.#lives++
    const language = LANGUAGES[life % LANGUAGES.length]
    const env = {
      // The same code starts many times: this halves its way to `loaded`.
      NODE_COMPILE_CACHE: `${this.#dir}/compiled`,
      ...process.env,
      TZ: ZONES[life % ZONES.length],
      LANG: language,
      LC_ALL: language,
      // The test runner's own: a child that finds it speaks the runner's protocol on stdout.
      NODE_TEST_CONTEXT: undefined,
    }
    const options = this.#cache === undefined ? [] : [this.#cache]
    const child = spawn(process.execPath, [script, this.#dir, ...options], { env, detached: true })
    const said: string[] = []
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()))
    // Writing to a process that is being killed is no error of ours.
    child.stdin.on('error', () => undefined)
    const loaded = new Promise<void>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line === 'loaded') resolve()
        if (line.startsWith('ready ') && this.#child === child) this.#serves(line.slice('ready '.length))
      })
      child.once('exit', (code, signal) => {
        const fault = new Error(`the node ended by itself with ${signal ?? code}: ${said.join('')}`)
        reject(fault)
        if (this.#child === child) this.#url.reject(fault)
      })
    })
    loaded.catch(() => undefined)
    return { child, loaded }
  }

  #serves(url: string): void {
    this.#ready = true
    this.#url.resolve(url)
  }

  /** From the moment the node is asked to end, nobody is sent to it. */
  async #end(ask: (child: ChildProcess) => void): Promise<number | null> {
    const child = this.#child
    if (child === undefined || !isRunning(child)) throw new Error('no node runs')
    this.#child = undefined
    if (this.#ready) this.#url = promisedUrl()
    this.#ready = false
    const ended = once(child, 'exit')
    ask(child)
    return (await ended)[0]
  }
}

function promisedUrl(): PromiseWithResolvers<string> {
  const url = Promise.withResolvers<string>()
  // Whoever waits is told; that nobody waits is no fault.
  url.promise.catch(() => undefined)
  return url
}

const isRunning = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode === null && signalCode === null

const killGroup = ({ pid }: ChildProcess): boolean => process.kill(-(pid as number), 'SIGKILL')
