import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Receipt, isInadmissible, readEnvelope, signBody } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { dujiangMarket } from '@dujiang/market'
import { SimClock, SimDisk } from '@dujiang/node/seams'
import { type LedgerNode, type Outcome, openLedgerNode } from '@dujiang/node/service'
import { START_MS, TestMarket, exchangeOther, personOf } from '../../src/market-fixture.ts'
import { type Bidder, LOT_WH, bidder, openSession, orderOf } from '../../src/market-session.ts'

const MINUTE_MS = 60_000

/** A node with an open session S1, whose clock stands still until it is moved. */
class Rig {
  readonly clock = new SimClock(START_MS)
  readonly disk = new SimDisk(1, this.clock)
  readonly market = new TestMarket()
  readonly seller: Bidder
  readonly gateMs: number
  node!: LedgerNode

  private constructor(openForMs: number) {
    this.seller = bidder(this.market, 'G1', 'sell')
    const gateMs = START_MS + 2 * MINUTE_MS + openForMs
    this.gateMs = openSession(this.market, 'S1', [this.seller], { gateMs }).gateMs
  }

  static async open(openForMs = MINUTE_MS): Promise<Rig> {
    const rig = new Rig(openForMs)
    await rig.openNode()
    for (const { txs, timeMs } of rig.market.blocks) {
      await rig.clock.advanceTo(timeMs)
      await rig.node.submitMany(txs)
    }
    return rig
  }

  async openNode(): Promise<void> {
    this.node = await openLedgerNode({
      app: dujiangMarket(),
      crypto: nodeCrypto,
      genesisBytes: this.market.genesisBytes,
      dataDir: 'node',
      disk: this.disk.mount(),
      clock: this.clock,
      validator: personOf('SCPX', 'node').signer,
      nodeKey: personOf('SCPX', 'door').signer,
      workers: 0,
    })
  }

  order(): Uint8Array {
    return this.market.act(this.seller, 'auction.order.submit', orderOf('S1', 'G1.1', 'sell', [[1_000_000, LOT_WH]]))
  }

  /** Has an order sent when the clock comes to show this instant, before what is set for it later. */
  sendAt(timeMs: number, bytes = this.order()): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.clock.wakeAt(timeMs, () => this.node.submit(bytes).then(resolve, reject))
    })
  }

  async orderAt(timeMs: number, bytes?: Uint8Array): Promise<Receipt> {
    const sent = this.sendAt(timeMs, bytes)
    await this.clock.advanceTo(timeMs)
    return receiptOf(await sent)
  }
}

function receiptOf(outcome: Outcome): Receipt {
  assert.ok(outcome.kind === 'committed', JSON.stringify(outcome))
  return outcome.stored.receipt
}

const saidOf = ({ refusal }: Receipt): string => refusal?.name ?? 'accepted'

describe('the gate of a session on a running node', () => {
  for (const [when, ms, said] of [
    ['half a second before it', -500, 'accepted'],
    ['a millisecond before it', -1, 'accepted'],
    ['half a second after it', 500, 'gateClosed'],
  ] as const) {
    it(`answers an order sent ${when} with ${said}, by block time`, async () => {
      const rig = await Rig.open()
      const receipt = await rig.orderAt(rig.gateMs + ms)
      assert.equal(saidOf(receipt), said)
      assert.equal(receipt.time, rig.gateMs + ms)
      await rig.node.close()
    })
  }

  it('answers an order in a block of its very millisecond with gateClosed', async () => {
    const rig = await Rig.open()
    const atGate = rig.sendAt(rig.gateMs)
    // After this block the node sets its timer for the gate anew, behind the one that sends the order.
    await rig.orderAt(rig.gateMs - 500)
    await rig.clock.advanceTo(rig.gateMs)
    const receipt = receiptOf(await atGate)
    assert.deepEqual([saidOf(receipt), receipt.time], ['gateClosed', rig.gateMs])
    await rig.node.close()
  })

  it('closes by itself, and clears in the block of its own millisecond', async () => {
    const rig = await Rig.open()
    await rig.orderAt(rig.gateMs - 500)
    await rig.clock.advanceTo(rig.gateMs)
    const due = (await rig.node.receiptAt(rig.node.status().receipts - 1))?.receipt
    assert.deepEqual([due?.kind, due?.act, due?.time], ['due', 'auction.gate', rig.gateMs])
    await rig.node.close()
  })

  for (const [when, ms, said] of [
    ['half a second before it', -500, 'accepted'],
    ['half a second after it', 500, 'gateClosed'],
  ] as const) {
    it(`answers an order sent ${when} with ${said} after ten quiet minutes`, async () => {
      const rig = await Rig.open(12 * MINUTE_MS)
      await rig.clock.advanceTo(rig.gateMs - 11 * MINUTE_MS)
      const { height, provable, receipts } = rig.node.status()
      assert.equal(provable, receipts)
      await rig.clock.advanceTo(rig.gateMs - MINUTE_MS)
      assert.equal(rig.node.status().height, height, 'no block in ten minutes')
      const receipt = await rig.orderAt(rig.gateMs + ms)
      assert.deepEqual([saidOf(receipt), receipt.time], [said, rig.gateMs + ms])
      await rig.node.close()
    })
  }

  it('closes for a node that was down when it fell due, before the first act after', async () => {
    const rig = await Rig.open()
    await rig.orderAt(rig.gateMs - 500)
    rig.disk.killProcess()
    await rig.clock.advanceTo(rig.gateMs + 10 * MINUTE_MS)
    await rig.openNode()
    assert.equal(saidOf(receiptOf(await rig.node.submit(rig.order()))), 'gateClosed')
    const { receipts } = rig.node.status()
    const acts = await rig.node.receipts(receipts - 2, receipts)
    assert.deepEqual(
      acts.map((stored) => stored.receipt.act),
      ['auction.gate', 'auction.order.submit'],
    )
    await rig.node.close()
  })

  it('gives the first receipt when an order whose acknowledgement was lost is sent again after the gate', async () => {
    const rig = await Rig.open()
    const bytes = rig.order()
    const first = await rig.orderAt(rig.gateMs - 500, bytes)
    rig.disk.killProcess()
    await rig.openNode()
    await rig.clock.advanceTo(rig.gateMs + 10 * MINUTE_MS)
    const again = await rig.node.submit(bytes)
    assert.ok(again.kind === 'committed' && again.repeated)
    assert.deepEqual(again.stored.receipt, first)
    await rig.node.close()
  })

  it('takes the same act signed twice for one act', async () => {
    const rig = await Rig.open()
    const bytes = rig.market.act(exchangeOther, 'auction.sequence.open', { sequence: 'Q2', name: '两次签名' })
    const envelope = readEnvelope(nodeCrypto.sha256, bytes)
    assert.ok(!isInadmissible(envelope))
    const other = signBody(exchangeOther.signer, envelope.body)
    assert.notDeepEqual(other, bytes, 'SM2 signatures are randomised')
    const before = rig.node.status().receipts
    const outcomes = await rig.node.submitMany([bytes, other])
    assert.deepEqual(receiptOf(outcomes[1] as Outcome), receiptOf(outcomes[0] as Outcome))
    assert.equal(rig.node.status().receipts, before + 1)
    await rig.node.close()
  })
})
