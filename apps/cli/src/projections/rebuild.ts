import { existsSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { EXIT_REFUSED, Failure } from '../failure.ts'
import { say } from '../language.ts'
import { jsonLine, print } from '../output.ts'
import { progressBar } from '../progress.ts'
import { keepsLists, listsOf } from './place.ts'
import { type Lag, type ListsFlags, lagOf } from './status.ts'

const LOOK_MS = 200
const BEGIN_MS = 60_000

/** Has a node drop its lists and make them anew: at once when it runs, else when it starts. */
export async function rebuild({ data, tls, json }: ListsFlags): Promise<void> {
  const lists = listsOf(data)
  const before = await lagOf(lists, tls)
  if (before === undefined && !keepsLists(lists)) {
    throw new Failure(`${data} 没有列表`, `there are no lists in ${data}`, EXIT_REFUSED)
  }
  writeFileSync(lists.paths.rebuild, '')
  if (before === undefined) {
    const later = say('节点未在运行：下次启动时重建\n', 'the node does not run: they are made again when it starts\n')
    return print(json === true ? jsonLine({ rebuilt: false }) : later)
  }
  await begun(lists.paths.rebuild)
  const startedMs = performance.now()
  const { receipts } = await full(() => lagOf(lists, tls))
  const seconds = Number(((performance.now() - startedMs) / 1_000).toFixed(1))
  const words = say(
    `列表已重建：${receipts} 份回执，${seconds} 秒\n`,
    `lists made again from ${receipts} receipts in ${seconds} s\n`,
  )
  await print(json === true ? jsonLine({ rebuilt: true, receipts, seconds }) : words)
}

/** The node takes the file away once the tables are empty. */
async function begun(file: string): Promise<void> {
  for (const endMs = performance.now() + BEGIN_MS; existsSync(file); await sleep(LOOK_MS)) {
    if (performance.now() > endMs) {
      throw new Failure(
        '节点尚未开始重建；dujiang projections status 可查原因',
        'the node has not begun: dujiang projections status says why',
        EXIT_REFUSED,
      )
    }
  }
}

async function full(look: () => Promise<Lag | undefined>): Promise<Lag> {
  const bar = progressBar(say('重建列表', 'making lists'))
  try {
    for (;;) {
      const stand = await look()
      if (stand === undefined) throw new Failure('节点已停止', 'the node has stopped', EXIT_REFUSED)
      bar.update(stand.receipts, stand.receipts + stand.lag)
      if (stand.lag === 0) return stand
      await sleep(LOOK_MS)
    }
  } finally {
    bar.stop()
  }
}
