import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { headerHash, msFromTime } from '@dujiang/chain'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import {
  RequestCheckTx,
  RequestCommit,
  RequestFinalizeBlock,
  RequestPrepareProposal,
  RequestProcessProposal,
  ResponseProcessProposal_ProposalStatus as Verdict,
} from '../../../src/engine/comet/abci/index.ts'
import { packParcel } from '../../../src/engine/comet/parcel.ts'
import { type SeededRandom, seededRandom } from '../../../src/seams/index.ts'
import { MemoryJournals } from '../../../src/store/index.ts'
import { DrivenNode } from './decided-rig.ts'
import { Rig, alice, allReceipts, bob } from '../rig.ts'

/** Some minutes of a ledger on the embedded engine, with all that depends on order and time. */
async function live(rig: Rig, random: SeededRandom) {
  const node = await rig.open()
  for (let round = 0; round < 25; round++) {
    const acts = Array.from({ length: random.below(8) }, () => {
      const by = random.below(2) === 0 ? alice : bob
      const atMs = rig.clock.nowMs() + random.below(20_000) - 500
      if (random.below(4) === 0) return rig.act(by, 'alarm.set', { alarm: `A${random.below(3)}`, atMs, onRing: [] })
      return rig.act(by, 'tally.mix', { tally: `T${random.below(2)}`, amount: random.below(100) - 10 })
    })
    const outcomes = node.submitMany(acts)
    await rig.pass(random.below(8_000))
    await outcomes
  }
  return node
}

const requestTime = (timeMs: number) => ({
  seconds: BigInt(Math.floor(timeMs / 1_000)),
  nanos: (timeMs % 1_000) * 1_000_000,
})

describe('one log of transactions', () => {
  it('[CMT-7] leads both engines to the same app hash at every height, whatever the order and the proposer', async () => {
    for (let seed = 1; seed <= 4; seed++) {
      const random = seededRandom(seed)
      const rig = new Rig()
      const embedded = await live(rig, random)
      // One that checks, proposes and executes; one that meets every act in its block; one that restarts at every height.
      const journals = new MemoryJournals()
      const twins = await Promise.all(
        ['proposer', 'blind'].map(async (name) => DrivenNode.open(rig, { journal: await journals.open(name) })),
      )
      const [proposer, blind] = twins as [DrivenNode, DrivenNode]
      let restarting = await DrivenNode.open(rig, { journal: await journals.open('restarting') })
      const { height: last } = embedded.status()
      let acts = 0
      for (let height = 1; height <= last; height++) {
        const block = await embedded.block(height)
        assert.ok(block !== undefined)
        const { header, txs } = block
        acts += txs.length
        assert.equal(toHex(proposer.ledger.tip.appHash), toHex(header.appHash), `seed ${seed}, before ${height}`)
        const time = requestTime(msFromTime(header.time))
        const mempool = txs.length === 0 ? [] : [packParcel(shuffled(random, txs), 1n)]
        for (const tx of mempool) await proposer.abci.checkTx(RequestCheckTx.fromPartial({ tx }))
        const proposed = await proposer.abci.prepareProposal(
          RequestPrepareProposal.fromPartial({ height: BigInt(height), time, txs: mempool, maxTxBytes: 1_000_000n }),
        )
        assert.equal(proposed.txs.length, txs.length)
        const proposal = { height: BigInt(height), time, txs: shuffled(random, proposed.txs) }
        const ending = { hash: headerHash(nodeCrypto.sha256, header), proposerAddress: header.proposerAddress }
        for (const node of [proposer, blind, restarting]) {
          const { status } = await node.abci.processProposal(RequestProcessProposal.fromPartial(proposal))
          assert.equal(status, Verdict.ACCEPT)
          await node.abci.finalizeBlock(RequestFinalizeBlock.fromPartial({ ...proposal, ...ending }))
          await node.abci.commit(RequestCommit.fromPartial({}))
        }
        const quiet = restarting.keeper.recordedHeight < height
        if (!quiet) {
          await restarting.close()
          restarting = await DrivenNode.open(rig, { journal: await journals.open('restarting') })
        }
      }
      const hash = embedded.status().appHash
      for (const node of [proposer, blind, restarting]) {
        assert.equal(toHex(node.ledger.tip.appHash), hash)
        const receipts = (await node.keeper.receipts.range(0, node.keeper.receipts.size)).map(({ receipt }) => receipt)
        assert.deepEqual(receipts, await allReceipts(embedded))
      }
      assert.ok(acts > 40 && last > 20, `${acts} acts in ${last} blocks`)
      await embedded.close()
    }
  })
})

function shuffled<T>(random: SeededRandom, list: readonly T[]): T[] {
  const left = [...list]
  return list.map(() => left.splice(random.below(left.length), 1)[0] as T)
}
