import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { doorsOf, dujiangMarket } from '@dujiang/market'
import { type Door, readDoor, serveHome } from '@dujiang/node/consortium'
import { CometbftMissing, Pair, findCometbft, homePaths, hostPort, nodeCommand, supervise } from '@dujiang/node/network'
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
  const door = await readDoor(home)
  const url = urlOf(door)
  // Outside of what takes `holder.json` back: until then who runs the home may be another, and `stop` is to find that one.
  await pair.take().catch((cause: unknown) => explainedHome(home, cause))
  try {
    writeHolder(home, { pid: process.pid, url })
    await print(
      say(
        `监督进程 ${process.pid} 运行 ${home}，接口 ${url}\n`,
        `process ${process.pid} runs ${home}, answering at ${url}\n`,
      ),
    )
    await supervise(pair, door.metrics.supervisor)
  } catch (cause) {
    explainedHome(home, cause)
  } finally {
    removeHolder(home)
  }
}

/** Where the interface of a home answers on this machine. */
export const urlOf = ({ host, port, tls }: Door): string => `${tls ? 'https' : 'http'}://${hostPort(host, port)}`

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
  const { code, port } = cause as { readonly code?: string; readonly port?: number }
  if (code === 'ELOCKED') {
    throw new Failure(
      `${home} 的节点已在运行；先 dujiang network stop`,
      `the node of ${home} runs already: dujiang network stop it first`,
      EXIT_REFUSED,
      cause,
    )
  }
  if (code === 'EADDRINUSE') {
    throw new Failure(
      `端口 ${port} 已被占用：${home}/door.json 写明节点的端口`,
      `the port ${port} is in use: ${home}/door.json says which ports the node has`,
      undefined,
      cause,
    )
  }
  throw cause
}

const STOP_MS = 60_000

/** Asks the supervisor of a home to end and waits until it has. */
export async function stop(home: string): Promise<void> {
  const holder = readHolder(home)
  const asked = (await isRunning(home)) && holder !== undefined && askToEnd(holder.pid)
  if (!asked) throw await notStopped(home)
  const endMs = performance.now() + STOP_MS
  while (await isRunning(home)) {
    if (performance.now() > endMs)
      throw new Failure(`进程 ${holder.pid} 还没有结束`, `process ${holder.pid} has not ended yet`, EXIT_REFUSED)
    await sleep(100)
  }
  await print(say(`已停止（进程 ${holder.pid}）\n`, `stopped (process ${holder.pid})\n`))
}

/** False when there is no such process, or it is not ours. */
function askToEnd(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGTERM')
  } catch {
    return false
  }
}

async function notStopped(home: string): Promise<Failure> {
  if (!(await isRunning(home))) return new Failure(`${home} 没有节点在运行`, `no node runs in ${home}`, EXIT_REFUSED)
  return new Failure(
    `${home} 由另一进程占用，holder.json 没有指明是哪一个：请直接结束它`,
    `a process that holder.json does not name holds ${home}: end that one by hand`,
    EXIT_REFUSED,
  )
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
