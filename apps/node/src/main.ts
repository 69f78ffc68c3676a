import { complain, orComplain } from './complain.ts'
import { offerConsole } from './console.ts'
import { type Founded, foundIn } from './found.ts'
import { type Options, readOptions, startDefaults } from './options.ts'
import { playSession, registerOnly } from './run.ts'
import { type Served, serve } from './serve.ts'
import { showSummary } from './show.ts'
import { type Summary, summarise } from './summary.ts'
import { WARNING, WARNING_EN } from './text.ts'

/** Exit status when it is stopped before the summary, as of a command ended by a signal. */
const STOPPED_EARLY = 130
const print = (line: string): void => void process.stdout.write(`${line}\n`)

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), startDefaults)
  if (options.help) return print(startDefaults.usage)
  print('都江 Dujiang 示例省 · 公开接口上的一场省内集中竞价')
  print(`${WARNING}\n${WARNING_EN}`)

  const openedMs = performance.now()
  const founded = foundIn(options.dataDir)
  const served = await serve(options.dataDir, founded, options.port)
  stopOnSignal(served)
  try {
    sayWhereItStands(options, founded.existed, served, performance.now() - openedMs)
    // Whoever has it end after the summary opens no page.
    if (!options.once) void offerConsole([{ url: served.url }], print)
    if (options.idle) {
      await registerOnly(founded, served.url, print)
      return print(`继续服务 serving ${served.url} · Ctrl+C 停止`)
    }
    const summary = await orComplain(options, isStopping, () => play(options, founded, served))
    process.exitCode = summary.ok ? 0 : 1
    if (!options.once) print(`\n继续服务 serving ${served.url} · Ctrl+C 停止；再次 npm start 接着做下一个月`)
    if (options.json) print(JSON.stringify(summary))
    if (options.once) await served.close()
  } catch (cause) {
    // Whoever stops the node in the middle of a session knows why it did not end well.
    if (stopping) return
    await served.close()
    throw cause
  }
}

async function play(options: Options, founded: Founded, served: Served): Promise<Summary> {
  const run = await playSession(options, founded, served.url, print)
  const summary = summarise(run)
  print(showSummary(run, summary))
  return summary
}

function sayWhereItStands({ dataDir }: Options, existed: boolean, { node, url }: Served, ms: number): void {
  const { height, appHash, receipts } = node.status()
  const took = `${(ms / 1_000).toFixed(2)} 秒`
  if (existed) print(`账本已恢复 recovered：高度 ${height}，回执 ${receipts}，应用哈希 ${appHash}，用时 ${took}`)
  else print(`账本已创建 founded：链 ${node.chain}，用时 ${took}`)
  print(`数据 ${dataDir} · 接口 ${url}`)
}

let stopping = false
const isStopping = (): boolean => stopping

/** The first signal lets what waits be answered and the ledger be closed; a second one ends at once. */
function stopOnSignal(served: Served): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stopping = true
      print('正在停止 stopping')
      served.close().then(() => process.exit(process.exitCode ?? STOPPED_EARLY), fail)
    })
  }
}

function fail(cause: unknown): never {
  complain(cause)
  process.exit(1)
}

main().catch(fail)
