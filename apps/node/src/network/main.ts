import { totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { PairGroup } from '@dujiang/node/consortium'
import { CometbftMissing, findCometbft, nodeCommand } from '@dujiang/node/network'
import { nodeMembers } from '@dujiang/testing/province'
import { complain, orComplain } from '../complain.ts'
import { offerConsole } from '../console.ts'
import { defaultNetworkDir } from '../data-dir.ts'
import { type Defaults, type Options, readOptions } from '../options.ts'
import { showSummary } from '../show.ts'
import { summarise } from '../summary.ts'
import { WARNING, WARNING_EN } from '../text.ts'
import { Trouble } from '../trouble.ts'
import { type FoundedNetwork, networkIn, orgOf } from './found.ts'
import { listsByDefault, listsSetting, readListsAt } from './lists.ts'
import { allReady } from './ready.ts'
import { playOnNetwork, registerOnNetwork } from './run.ts'
import { nodeLine, showAgreement } from './show.ts'
import { type NetworkSummary, summariseNetwork } from './summary.ts'

const defaults: Defaults = {
  dataDir: defaultNetworkDir,
  gateSeconds: 30,
  lists: listsByDefault(totalmem()),
  usage: `npm run network -- [选项 options]
  --season dry|wet   枯平水期，或丰水期富余电量；默认下一个月 / the season; the next month unless told
  --once             打印摘要后退出 / end after the summary; exit status 0 only if all nodes agree and everything verified
  --idle             登记市场成员后只提供服务 / register the members and serve; play no session
  --json             最后一行为一个 JSON 对象 / the last line is the summary as one JSON object
  --data DIR         网络目录，默认 .dujiang-network/ / where the network is kept
  --port PORT        首个端口，默认 26700 起 / the first of its ports, from 26700 on unless told
  --gate SECONDS     从开始申报到闭市至少多少秒，默认 30；网络慢则更长 / at least so long from the opening to the gate
  --lists NODES      哪些节点保留列表：all、none 或 SCPX,DADUHE 等；内存 16 GB 以上默认 all，否则 SCPX
                     / which nodes keep lists; all unless told where there are 16 GB of memory, else the exchange's
  --help`,
}

/** Exit status when it is stopped before the summary, as of a command ended by a signal. */
const STOPPED_EARLY = 130
const ledgerProcess = fileURLToPath(new URL('ledger-process.ts', import.meta.url))
const print = (line: string): void => void process.stdout.write(`${line}\n`)

let stopping = false
const isStopping = (): boolean => stopping

/** `npm run network`: the sample province run by several organisations, each with a node of its own, on one machine. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), defaults)
  if (options.help) return print(defaults.usage)
  print('都江 Dujiang 示例省 · 多家机构共同运行的账本')
  print(`${WARNING}\n${WARNING_EN}`)
  const startedMs = performance.now()
  const lists = listsSetting(
    readListsAt(
      options.lists ?? 'all',
      nodeMembers.map(({ org }) => org),
    ),
    process.env['DUJIANG_PROJECTIONS'],
  )
  const { path: cometbft } = await findCometbft(process.env, ({ name, version }) =>
    print(`用 Go 编译 ${name} ${version}，仅此一次，需几分钟 · building it with Go, once; this takes minutes`),
  )
  const network = await networkIn(options.dataDir, cometbft, options.port)
  const group = new PairGroup(
    network.nodes.map(({ org, home }) => ({ name: org, home })),
    {
      cometbft,
      app: (home) => nodeCommand(ledgerProcess, home),
      env: (home) => ({ ...process.env, DUJIANG_PROJECTIONS: lists(orgOf(home)) }),
      log: (line) => void process.stderr.write(`! ${line}\n`),
    },
  )
  const stopped = stopOnSignal(group)
  try {
    await group.start()
    await allReady(network.nodes)
    const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1)
    print(`网络已${network.existed ? '恢复 recovered' : '创建 founded'}，用时 ${seconds} 秒 · 数据 ${options.dataDir}`)
    for (const node of network.nodes) print(nodeLine(node))
    // Whoever has it end after the summary opens no page.
    if (!options.once) void offerConsole(consolesOf(network), print)
    if (options.idle) {
      await registerOnNetwork(network, print)
      print('继续服务，各节点地址如上 · serving at the addresses above · Ctrl+C 停止')
      return await stopped
    }
    const summary = await orComplain(options, isStopping, () => play(options, network))
    process.exitCode = summary.ok ? 0 : 1
    if (!options.once) print('\n继续服务，各节点地址如上 · serving at the addresses above · Ctrl+C 停止')
    if (options.json) print(JSON.stringify(summary))
    if (!options.once) await stopped
  } catch (cause) {
    if (stopping) return await stopped
    throw cause
  } finally {
    await group.stop()
  }
}

async function play(options: Options, network: FoundedNetwork): Promise<NetworkSummary> {
  const run = await playOnNetwork(options, network, print)
  const summary = summariseNetwork(run)
  print(showSummary(run, summarise(run)))
  print(showAgreement(run))
  return summary
}

const consolesOf = ({ nodes }: FoundedNetwork) => nodes.map(({ url, org, name }) => ({ url, whose: `${org} ${name}` }))

/** Resolves when a signal has stopped all nodes; a second signal ends at once. */
function stopOnSignal(group: PairGroup): Promise<void> {
  return new Promise((done, failed) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        stopping = true
        print('停止中 stopping …')
        process.exitCode ??= STOPPED_EARLY
        group.stop().then(done, failed)
      })
    }
  })
}

main().catch((cause: unknown) => {
  complain(cause, cause instanceof Trouble || cause instanceof CometbftMissing)
  process.exitCode = 1
})
