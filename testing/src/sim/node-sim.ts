import type { LedgerNode } from '@dujiang/node/service'
import { StoreFault } from '@dujiang/node/store'
import { demandAllKept, demandSafety } from './checks.ts'
import { Trading } from './trading.ts'
import { World } from './world.ts'

const LIVES = 4
const CALM = { capacityBytes: 2 ** 40, errorPpm: 0, delayMsMax: 0 }
const TRIES_MAX = 3
const LIFE_MS_MAX = 6_000
const MINUTE_MS = 60_000
const ROUNDS_MAX = 20

export interface SimReport {
  /** What was broken, if anything: where and how. */
  readonly broken?: string
  readonly seen: ReadonlyMap<string, number>
  /** Where the run ended: the same seed ends in the same place. */
  readonly end: string
}

/**
 * Some lives of a whole node on a simulated disk and clock, with a market on it: people trade, the disk is slow, full or
 * faulty, and each life ends in a crash or a stop. What was acknowledged is demanded of each next life (safety); after the
 * last one the world is kind, and everything still owed is demanded too (recovery).
 * @example const { broken } = await simulate(42)
 */
export async function simulate(seed: number, options: { readonly liesAboutSync?: boolean } = {}): Promise<SimReport> {
  const world = new World(seed)
  world.disk.conditions.liesAboutSync = options.liesAboutSync ?? false
  let broken: string | undefined
  for (let life = 1; life <= LIVES && broken === undefined; life++) broken = await faultOf(`life ${life}`, live(world))
  broken ??= await faultOf('recovery', recover(world))
  const end = `${world.clock.nowMs()} ${world.appHashes.size} ${[...world.appHashes].at(-1)?.join(' ') ?? ''}`
  return { seen: world.seen, end, ...(broken === undefined ? {} : { broken }) }
}

const faultOf = (where: string, work: Promise<void>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (cause: unknown) => `${where}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`,
  )

async function live(world: World): Promise<void> {
  const { random, disk, clock } = world
  const node = await openSomehow(world)
  await world.finish(demandSafety(world, node))
  watch(world, node)
  trouble(world)
  const trading = new Trading(world, node)
  const done = trading.run()
  done.catch(() => undefined)
  await clock.advanceTo(clock.nowMs() + random.below(LIFE_MS_MAX))
  trading.end()
  await endLife(world, node)
  if (node.status().failure?.includes('ENOSPC') === true) world.note('diskFull')
  if (node.status().failure?.includes('EIO') === true) world.note('diskError')
  await world.finish(done)
  Object.assign(disk.conditions, CALM)
}

async function endLife(world: World, node: LedgerNode): Promise<void> {
  const end = world.random.below(5)
  if (end === 0) world.note('stopped')
  else if (end < 3) {
    world.note('killed')
    world.disk.killProcess()
  } else {
    world.note('powerLost')
    world.disk.losePower()
  }
  // Of a dead node nothing reaches the disk any more; closing it only lets everybody notice.
  await world.finish(node.close().catch(() => undefined))
  world.disk.killProcess()
}

/** Opens the node, on a disk that may be in trouble until somebody sees to it. */
async function openSomehow(world: World): Promise<LedgerNode> {
  const { disk, random } = world
  for (let tries = 0; ; tries++) {
    Object.assign(disk.conditions, CALM)
    if (tries < TRIES_MAX) trouble(world)
    const opening = world.openNode()
    opening.catch(() => undefined)
    if (tries < TRIES_MAX && random.below(4) === 0) {
      await world.pass(random.below(40))
      world.note('crashedWhileOpening')
      disk.losePower()
      await world.finish(opening.then((node) => node.close()).catch(() => undefined))
      disk.killProcess()
      continue
    }
    try {
      const node = await world.finish(opening)
      Object.assign(disk.conditions, CALM)
      return node
    } catch (cause) {
      if (tries >= TRIES_MAX || !isTrouble(cause)) throw cause
      world.note('failedOpen')
      disk.killProcess()
    }
  }
}

/** The disk said so itself; anything else, damage above all, is the node's own fault. */
function isTrouble(cause: unknown): boolean {
  const { code } = cause as NodeJS.ErrnoException
  return (cause instanceof StoreFault && cause.kind === 'failed') || code === 'EIO' || code === 'ENOSPC'
}

/** Whether the disk comes to be slow, faulty or nearly full. */
function trouble(world: World): void {
  const { disk, random } = world
  const { conditions } = disk
  if (random.below(3) === 0) {
    conditions.delayMsMax = 1 + random.below(60)
    world.note('slowDisk')
  }
  if (random.below(3) === 0) conditions.errorPpm = 500 + random.below(20_000)
  if (random.below(4) === 0) conditions.capacityBytes = disk.names.usedBytes() + random.below(40_000)
}

function watch(world: World, node: LedgerNode): void {
  node.onCommit((height) => world.appHashes.set(height, node.status().appHash))
}

/** The disk is well and everybody asks again until there is an answer. */
async function recover(world: World): Promise<void> {
  const { clock, disk } = world
  Object.assign(disk.conditions, CALM)
  const node = await world.finish(world.openNode())
  await world.finish(demandSafety(world, node))
  watch(world, node)
  const trading = new Trading(world, node)
  for (let round = 0; world.open.size > 0 || clock.nowMs() <= world.lastGateMs; round++) {
    if (round === ROUNDS_MAX) throw new Error(`${world.open.size} acts have no answer on a healthy disk`)
    const asked = [...world.open.values()]
    for (const { bytes, promised } of asked) await world.finish(trading.send(bytes, promised))
    // Quotas start anew, and every gate so far has closed.
    await world.pass(MINUTE_MS)
  }
  await world.pass(MINUTE_MS)
  await world.finish(demandAllKept(world, node))
  await world.finish(node.close())
}
