import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { homePaths } from '@dujiang/node/network'
import { found } from '@dujiang/testing/network'
import { benchGenesis } from '../crew.ts'
import { type Kind, Part } from './part.ts'

/** An application beside a cometbft process, as one organisation runs them. */
export interface RunningPair {
  readonly home: string
  readonly rpcUrl: string
  /** Where the engine gives profiles of itself, if it does. */
  readonly pprofUrl: string | undefined
  readonly app: Part
  readonly engine: Part
}

export interface PairsOptions {
  readonly dir: string
  /** Path of the cometbft binary. */
  readonly cometbft: string
  readonly validators: number
  /** The application's command, which has to listen on the socket of the home. */
  readonly app: (home: string) => readonly string[]
  /** Lets the engines be asked for profiles of themselves. */
  readonly profiled?: boolean
}

const START_MS_MAX = 60_000
const PPROF_PORT = 6060

/** Founds a chain in the folder and runs it: for each validator an application and a cometbft. Resolves when it makes blocks. */
export async function startPairs(options: PairsOptions): Promise<readonly RunningPair[]> {
  const { dir, cometbft, validators, app, profiled = false } = options
  const genesis = (list: Parameters<typeof benchGenesis>[1], timeMs: number) => benchGenesis(timeMs, list)
  const { places } = await found({ dir, cometbft, validators, genesis })
  const started: Part[] = []
  const start = (kind: Kind, argv: readonly string[], log: string): Part => {
    const part = new Part(kind, argv, log)
    started.push(part)
    return part
  }
  try {
    const pairs: RunningPair[] = []
    for (const [at, { home, rpcUrl }] of places.entries()) {
      const paths = homePaths(home)
      const application = start('node', app(home), join(paths.logs, 'app.log'))
      await until(`${home} listens`, application, () => exists(paths.socket))
      const pprof = profiled ? `127.0.0.1:${PPROF_PORT + at}` : undefined
      const flags = pprof === undefined ? [] : ['--rpc.pprof_laddr', pprof]
      const argv = [cometbft, 'start', '--home', paths.comet, ...flags]
      const engine = start('cometbft', argv, join(paths.logs, 'comet.log'))
      pairs.push({ home, rpcUrl, pprofUrl: pprof && `http://${pprof}/debug/pprof`, app: application, engine })
    }
    for (const { rpcUrl, engine } of pairs) {
      await until(`${rpcUrl} makes blocks`, engine, async () => (await heightAt(rpcUrl)) >= 2)
    }
    return pairs
  } catch (cause) {
    for (const part of started.reverse()) await part.stop()
    throw cause
  }
}

/** Ends all engines before the applications, so that each is answered to the last. */
export async function stopPairs(pairs: readonly RunningPair[]): Promise<void> {
  await Promise.all(pairs.map(({ engine }) => engine.stop()))
  await Promise.all(pairs.map(({ app }) => app.stop()))
}

async function heightAt(rpcUrl: string): Promise<number> {
  const text = await fetch(`${rpcUrl}/status`).then(
    (answer) => answer.text(),
    () => '',
  )
  return Number(/"latest_block_height":"(\d+)"/.exec(text)?.[1] ?? 0)
}

async function until(what: string, part: Part, isSo: () => Promise<boolean>): Promise<void> {
  const endsAt = performance.now() + START_MS_MAX
  while (!(await isSo())) {
    if (!part.isAlive) throw new Error(`not so, since the process has ended: ${what}`)
    if (performance.now() > endsAt) throw new Error(`not within ${START_MS_MAX} ms: ${what}`)
    await delay(20)
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
