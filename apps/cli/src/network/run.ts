import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { doorsOf, dujiangMarket } from '@dujiang/market'
import { readDoor, serveHome } from '@dujiang/node/consortium'
import { CometbftMissing, Pair, findCometbft, homePaths, nodeCommand, supervise } from '@dujiang/node/network'
import { realDisk } from '@dujiang/node/seams'
import { consolePages } from '../console-pages.ts'
import { EXIT_REFUSED, Failure, report } from '../failure.ts'
import { say } from '../language.ts'
import { readHolder, removeHolder, writeHolder } from '../node/holder.ts'
import { print } from '../output.ts'
import { listsHere } from '../projections/here.ts'

const main = join(import.meta.dirname, '../main.ts')

/** Command of the ledger's half of a home. */
export const ledgerCommand = (home: string): readonly string[] => nodeCommand(main, 'network', 'app', home)

/** Runs the ledger's half of a home: what a supervisor starts. Ends the process, which else would go on listening for that. */
export async function app(home: string): Promise<void> {
  const market = dujiangMarket()
  const serving = serveHome(home, market, doorsOf(market), listsHere, { pages: consolePages })
  await serving.catch((cause: unknown) => process.exit(report(cause)))
  process.exit()
}

/** Runs the pair of a home until SIGTERM or SIGINT. */
export async function start(home: string): Promise<void> {
  const { path: cometbft } = await cometbftHere()
  const log = (line: string): void => void process.stderr.write(`${line}\n`)
  const pair = new Pair({ home, cometbft, app: ledgerCommand(home), log })
  const { host, port, tls, metrics } = await readDoor(home)
  const url = `${tls ? 'https' : 'http'}://${host}:${port}`
  writeHolder(home, { pid: process.pid, url })
  await print(
    say(
      `监督进程 ${process.pid} 运行 ${home}，接口 ${url}\n`,
      `process ${process.pid} runs ${home}, answering at ${url}\n`,
    ),
  )
  await supervise(pair, metrics.supervisor).catch((cause: unknown) => explainedHome(home, cause))
  removeHolder(home)
}

export async function cometbftHere(): ReturnType<typeof findCometbft> {
  try {
    return await findCometbft(process.env, ({ name, version }) => {
      const [zh, en] = [
        `用 Go 编译 ${name} ${version}，仅此一次，需几分钟`,
        `building ${name} ${version} with Go, once; this takes minutes`,
      ]
      process.stderr.write(`${say(zh, en)}\n`)
    })
  } catch (cause) {
    if (!(cause instanceof CometbftMissing)) throw cause
    throw new Failure(cause.message, cause.message, undefined, cause)
  }
}

export function explainedHome(home: string, cause: unknown): never {
  if ((cause as { readonly code?: string }).code === 'ELOCKED') {
    throw new Failure(
      `${home} 的节点已在运行；先 dujiang network stop`,
      `the node of ${home} runs already: dujiang network stop it first`,
      EXIT_REFUSED,
      cause,
    )
  }
  throw cause
}

const STOP_MS = 60_000

/** Asks the supervisor of a home to end and waits until it has. */
export async function stop(home: string): Promise<void> {
  const holder = readHolder(home)
  if (holder === undefined || !(await isRunning(home))) {
    throw new Failure(`${home} 没有节点在运行`, `no node runs in ${home}`, EXIT_REFUSED)
  }
  process.kill(holder.pid, 'SIGTERM')
  const endMs = performance.now() + STOP_MS
  while (await isRunning(home)) {
    if (performance.now() > endMs)
      throw new Failure(`进程 ${holder.pid} 还没有结束`, `process ${holder.pid} has not ended yet`, EXIT_REFUSED)
    await sleep(100)
  }
  await print(say(`已停止（进程 ${holder.pid}）\n`, `stopped (process ${holder.pid})\n`))
}

/** A home is held by its supervisor for as long as that lives, so a number of a process that is gone misleads nobody. */
export async function isRunning(home: string): Promise<boolean> {
  try {
    const lock = await realDisk.lock(homePaths(home).lock)
    await lock.release()
    return false
  } catch (cause) {
    if ((cause as { readonly code?: string }).code === 'ELOCKED') return true
    throw cause
  }
}
