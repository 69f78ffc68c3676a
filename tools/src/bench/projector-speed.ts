import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ledger, NO_COMMIT } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { dujiangMarket } from '@dujiang/market'
import { lists } from '@dujiang/market/lists'
import { type FedTexts, Projector, openDatabase } from '@dujiang/projections'
import { UNITS, benchGenesis, biddersOf, foundingActs } from './crew.ts'
import { signRounds } from './orders.ts'

const ROUNDS = 25
const WARM = 5_000
const BATCH = 500

export interface ProjectorSpeed {
  readonly perSecond: number
  /** Processor time of this thread for a receipt: with PGlite all of it, since that runs here. */
  readonly cpuUs: number
}

/** How fast receipts become rows when they are given as fast as they are taken. @param where a server's address; empty: PGlite in a folder */
export async function projectorSpeed(where: string): Promise<ProjectorSpeed> {
  const { chain, texts } = orderTexts()
  const dir = await mkdtemp(join(tmpdir(), 'dujiang-bench-'))
  const database = await openDatabase(where === '' ? { dir: join(dir, 'pglite') } : { url: where })
  try {
    const feed = {
      chain,
      firstReceipt: 0,
      receipts: async (from: number) => texts.slice(from, from + BATCH),
      stateRows: async () => ({ rows: [], more: false }),
      grown: async () => undefined,
    }
    const projector = await Projector.open(database, feed, lists, 'bench')
    while (projector.next < WARM) await projector.step()
    const [from, startedMs, before] = [projector.next, performance.now(), process.threadCpuUsage()]
    while ((await projector.step()) !== undefined);
    const receipts = projector.next - from
    const { user, system } = process.threadCpuUsage(before)
    return {
      perSecond: (receipts * 1_000) / (performance.now() - startedMs),
      cpuUs: (user + system) / receipts,
    }
  } finally {
    await database.close()
    await rm(dir, { recursive: true })
  }
}

/** Orders of 24 periods, each after its first in the place of the one before, as a ledger feeds them. */
function orderTexts(): { readonly chain: string; readonly texts: readonly FedTexts[] } {
  const startMs = 1_800_000_000_000
  const bidders = biddersOf('ed25519')
  const ledger = new Ledger(dujiangMarket(), nodeCrypto, benchGenesis(startMs))
  const opensMs = startMs + 60_000
  const founding = foundingActs(ledger.chain.id, bidders, opensMs)
  const rounds = signRounds(ledger.chain.id, bidders, ROUNDS, startMs)
  const blocks = [
    ...founding.map((acts, at) => ({ acts, timeMs: startMs + 1_000 * (at + 1) })),
    ...rounds.flatMap((acts, round) =>
      [0, UNITS / 2].map((from) => ({
        acts: acts.slice(from, from + UNITS / 2),
        timeMs: opensMs + 1_000 * round + from,
      })),
    ),
  ]
  const texts: FedTexts[] = []
  for (const { acts, timeMs } of blocks) {
    const decided = ledger.decide(acts, timeMs, new Uint8Array(20))
    const byId = new Map(acts.map((bytes) => [ledger.trust(bytes, timeMs)?.envelope.id, Buffer.from(bytes).toString()]))
    for (const { receipt, bytes, eventsText } of decided.executed.recorded) {
      const act = byId.get(receipt.id)
      texts.push({ receipt: Buffer.from(bytes).toString(), events: eventsText, ...(act === undefined ? {} : { act }) })
    }
    ledger.commit(decided, NO_COMMIT)
  }
  return { chain: ledger.chain.id, texts }
}
