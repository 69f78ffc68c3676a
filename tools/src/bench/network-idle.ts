/**
 * What a network costs and how late its clock is while nobody uses it, and the lag again under load:
 * `node tools/src/bench/network-idle.ts [MINUTES]`. A line of JSON a minute; four validators, each told to keep 100 blocks.
 */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { homePaths } from '@dujiang/node/network'
import { Cluster, cometHere, heightOf, loadOn } from '@dujiang/testing/network'

const minutes = Number(process.argv[2] ?? 3)
const MINUTE_MS = 60_000
const SAMPLE_MS = 50

const { cometbft, skip } = await cometHere()
if (skip !== false) throw new Error(skip)
const cluster = await Cluster.start({ validators: 4, cometbft, form: 'inside', half: { blocksKept: 100 } })
try {
  const { home } = cluster.member(0).place
  for (let minute = 1; minute <= minutes; minute++) {
    say({ minute, idle: await lagsMs(MINUTE_MS), height: heightOf(await cluster.stand()), bytes: await bytesIn(home) })
  }
  const load = await loadOn(cluster, 8)
  await load.start()
  say({ loaded: await lagsMs(MINUTE_MS), acts: load.file.count, height: heightOf(await cluster.stand()) })
  await load.abandon()
} finally {
  await cluster.close()
}

/** How far block time was behind the clock: of each block when it was committed, and of the newest one at any instant. */
async function lagsMs(ms: number): Promise<Readonly<Record<string, number>>> {
  const node = cluster.member(0).node
  if (node === undefined) throw new Error('the ledger is not in this process')
  const committed: number[] = []
  const sampled: number[] = []
  const behind = (): number => Date.now() - node.status().timeMs
  const end = node.onCommit(() => committed.push(behind()))
  for (const endMs = performance.now() + ms; performance.now() < endMs; await delay(SAMPLE_MS)) sampled.push(behind())
  end()
  return {
    blocks: committed.length,
    committedP50: quantile(committed, 0.5),
    committedP99: quantile(committed, 0.99),
    newestP50: quantile(sampled, 0.5),
    newestP99: quantile(sampled, 0.99),
  }
}

async function bytesIn(home: string): Promise<Readonly<Record<string, number>>> {
  const { ledger, comet } = homePaths(home)
  const data = join(comet, 'data')
  const parts = ['blockstore.db', 'state.db', 'cs.wal', 'evidence.db'].map((name) => [name, join(data, name)] as const)
  const sizes = [['ledger', ledger] as const, ...parts].map(async ([name, dir]) => [name, await sizeOf(dir)] as const)
  return Object.fromEntries(await Promise.all(sizes))
}

async function sizeOf(dir: string): Promise<number> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  // A compaction may have removed it meanwhile.
  const sizes = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0)
}

function say(figures: object): void {
  console.log(JSON.stringify(figures))
}
