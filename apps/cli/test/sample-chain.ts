import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeReceiptProof } from '@dujiang/chain'
import type { CryptoProvider } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { dujiangMarket } from '@dujiang/market'
import { SimClock, realDisk } from '@dujiang/node/seams'
import { type LedgerNode, openLedgerNode } from '@dujiang/node/service'
import { START_MS, TestMarket, dispatcher, exchange, personOf } from '@dujiang/testing/market-fixture'
import { type Bidder, bidder, openSession, orderOf, submit } from '@dujiang/testing/market-session'

const LOT_WH = 1_000_000
/** A disk that others use too may take seconds for one answer. */
const DISK_MS_MAX = 120_000

/** What a sample chain holds. */
export interface SampleOptions {
  /** Sessions that go through their gate. */
  readonly sessions?: number
  /** A last session with orders and its gate still ahead. */
  readonly open?: boolean
  /** Changes the prices of the orders, so that the same people tell another story. */
  readonly priceShift?: number
  /** The node checks no signatures, and one act carries a false one. */
  readonly forged?: boolean
}

export interface Sample {
  readonly dataDir: string
  readonly genesisPath: string
  readonly height: number
  readonly receipts: number
  /** Ids of the acts, in the order they were made. Of the first, the last and a refused one there are receipt files. */
  readonly ids: readonly string[]
}

/** Writes a chain of a small market into the node's folder `dir`/data, and its genesis file beside it. */
export async function sampleChain(dir: string, options: SampleOptions = {}): Promise<Sample> {
  const market = scriptOf(options)
  const clock = new SimClock(START_MS)
  const node = await openSample(dir, market.genesisBytes, clock, options.forged === true ? credulous : nodeCrypto)
  const ids: string[] = []
  for (const { txs, timeMs } of market.blocks) {
    await clock.advanceTo(timeMs)
    const sent = options.forged === true && ids.length === FORGED_AT ? txs.map(withFalseSignature) : txs
    for (const outcome of await node.submitMany(sent)) {
      if (outcome.kind !== 'committed') throw new Error(`not taken: ${JSON.stringify(outcome)}`)
      ids.push(outcome.stored.receipt.id)
    }
  }
  await provable(node, clock)
  const all = await node.receipts(0, node.status().receipts)
  const refused = all.find(({ receipt }) => receipt.refusal?.name === 'sessionUnknown')?.receipt.id
  for (const [name, id] of [
    ['receipt-0', ids[0]],
    ['receipt-1', ids.at(-1)],
    ['refused', refused],
  ] as const) {
    const proof = id === undefined ? undefined : await node.prove(id)
    if (proof === undefined) throw new Error(`${name} is not provable`)
    await writeFile(join(dir, `${name}.json`), writeReceiptProof(proof))
  }
  const genesisPath = join(dir, 'genesis.json')
  await writeFile(genesisPath, market.genesisBytes)
  const { height, receipts } = node.status()
  await node.close()
  return { dataDir: join(dir, 'data'), genesisPath, height, receipts, ids }
}

const credulous: CryptoProvider = { ...nodeCrypto, verify: () => true }

export function openSample(
  dir: string,
  genesisBytes: Uint8Array,
  clock: SimClock,
  crypto: CryptoProvider = nodeCrypto,
): Promise<LedgerNode> {
  return openLedgerNode({
    app: dujiangMarket(),
    crypto,
    genesisBytes,
    dataDir: join(dir, 'data'),
    disk: realDisk,
    clock,
    validator: personOf('SCPX', 'node').signer,
    nodeKey: personOf('SCPX', 'door').signer,
    workers: 0,
  })
}

const FORGED_AT = 12

/** Another last digit of the signature. */
function withFalseSignature(tx: Uint8Array): Uint8Array {
  const text = Buffer.from(tx).toString()
  return Buffer.from(`${text.slice(0, -3)}${text.at(-3) === '0' ? '1' : '0'}"}`)
}

/** The empty block that proves the last receipts is made by a timer, set when the disk has answered. */
export async function provable(node: LedgerNode, clock: SimClock, height = 0): Promise<void> {
  const waits = (): boolean => node.status().provable < node.status().receipts || node.status().height < height
  for (const endMs = performance.now() + DISK_MS_MAX; waits(); ) {
    if (performance.now() > endMs) throw new Error('the last receipts do not become provable')
    const nextMs = clock.nextMs() ?? Number.POSITIVE_INFINITY
    await clock.advanceTo(nextMs < clock.nowMs() + 1_000 ? nextMs : clock.nowMs())
  }
}

/** Plays the story on a ledger in memory; what it signed is then given to a real node. */
function scriptOf({ sessions = 2, open = false, priceShift = 0 }: SampleOptions): TestMarket {
  const market = new TestMarket()
  const sellers = ['G1', 'G2', 'G3'].map((org) => bidder(market, org, 'sell'))
  const buyers = ['B1', 'B2'].map((org) => bidder(market, org, 'buy'))
  for (let round = 1; round <= sessions; round++) {
    const { gateMs } = place(market, `S${round}`, sellers, buyers, priceShift)
    market.block([], gateMs)
    // Refused: the gate has passed.
    submit(market, sellers[0] as Bidder, orderOf(`S${round}`, 'G1.1', 'sell', [[1_000_000, LOT_WH]]))
  }
  // Refused: there is no such session.
  market.run(dispatcher, 'auction.check.pass', { session: 'NONE', result: '00'.repeat(32), remark: '' })
  if (open) place(market, 'OPEN', sellers, buyers, priceShift)
  market.run(exchange, 'auction.sequence.open', { sequence: 'LAST', name: '结束' })
  return market
}

function place(
  market: TestMarket,
  session: string,
  sellers: readonly Bidder[],
  buyers: readonly Bidder[],
  shift: number,
) {
  const opened = openSession(market, session, [...sellers, ...buyers])
  for (const [at, seller] of sellers.entries()) {
    submit(market, seller, orderOf(session, seller.unit, 'sell', [[20_000_000 + at * 1_000_000 + shift, 10 * LOT_WH]]))
  }
  for (const [at, buyer] of buyers.entries()) {
    submit(market, buyer, orderOf(session, buyer.unit, 'buy', [[30_000_000 - at * 1_000_000 + shift, 15 * LOT_WH]]))
  }
  return opened
}
