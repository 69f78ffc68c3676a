import { Ledger, type Receipt, msFromTime } from '@dujiang/chain'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { dujiangMarket } from '@dujiang/market'
import type { LedgerNode } from '@dujiang/node/service'
import { judge } from '../kill/judge.ts'
import { START_MS } from '../market-fixture.ts'
import type { World } from './world.ts'

/** What must hold in every life, from its first moment. Throws with the first thing that does not. */
export async function demandSafety(world: World, node: LedgerNode): Promise<void> {
  const { height, appHash } = node.status()
  for (const [known, hash] of world.appHashes) {
    if (known > height) throw new Error(`height ${known} was committed, the node stands at ${height}`)
    if (known === height && hash !== appHash) throw new Error(`height ${height} has another app hash than before`)
  }
  const committed = world.acknowledged.filter(({ kind }) => kind === 'committed')
  demandNone(judge(committed, await recordOf(node), world.sent))
}

/** What must hold once the world has been kind for a while: every promise is kept, and a twin agrees at every height. */
export async function demandAllKept(world: World, node: LedgerNode): Promise<void> {
  const { failure, pending, timeMs } = node.status()
  if (failure !== undefined) throw new Error(`the node stopped on a healthy disk: ${failure}`)
  if (pending > 0) throw new Error(`${pending} acts never came into a block`)
  const record = await recordOf(node)
  const onRecord = new Set(record.receipts.map(({ id }) => id))
  const owed = world.acknowledged.filter(({ kind, id }) => {
    const expired = kind === 'promised' && !onRecord.has(id) && (world.expiresMs.get(id) ?? 0) <= timeMs
    if (expired) world.note('promiseExpired')
    return !expired
  })
  demandNone(judge(owed, record, world.sent))
  for (const id of world.refused) {
    if (onRecord.has(id)) throw new Error(`${id} was refused before it left a trace, and has a receipt`)
  }
  for (let at = 1; at <= world.announced; at++) {
    const row = node.view().get(`auction/session/S${at}`) as { readonly status: string } | undefined
    if (row !== undefined && row.status !== 'cleared') throw new Error(`S${at} is ${row.status} after its gate`)
    if (row !== undefined) world.note('cleared')
  }
  await demandTwin(world, node)
}

/** A ledger that was never there, saw no queue and no crash, executes the blocks again with every signature checked. */
async function demandTwin(world: World, node: LedgerNode): Promise<void> {
  const twin = new Ledger(dujiangMarket(), nodeCrypto, node.genesisBytes)
  const { height, appHash } = node.status()
  for (let at = 1; at <= height; at++) {
    const block = await node.block(at)
    if (block === undefined) throw new Error(`block ${at} of ${height} is missing`)
    const { header, txs, commit } = block
    const decided = twin.replay({ header, txs, commit })
    if (typeof decided === 'string') throw new Error(`twin: block ${at}: ${decided}`)
    twin.commit(decided, commit)
    const known = world.appHashes.get(at)
    if (known !== undefined && known !== toHex(twin.tip.appHash)) throw new Error(`twin: block ${at}: other app hash`)
  }
  if (toHex(twin.tip.appHash) !== appHash) throw new Error('twin: other app hash at the end')
}

async function recordOf(node: LedgerNode): Promise<{ receipts: readonly Receipt[]; timesMs: readonly number[] }> {
  const { height, receipts } = node.status()
  const timesMs = [START_MS]
  for (let at = 1; at <= height; at++) {
    const block = await node.block(at)
    if (block?.header.height !== at) throw new Error(`block ${at} of ${height} is missing`)
    timesMs.push(msFromTime(block.header.time))
  }
  const all = await node.receipts(0, receipts)
  if (all.length < receipts) throw new Error('a receipt of the log is missing')
  return { receipts: all.map(({ receipt }) => receipt), timesMs }
}

function demandNone(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(problems.slice(0, 5).join('\n'))
}
