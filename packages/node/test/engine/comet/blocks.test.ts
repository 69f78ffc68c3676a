import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Misbehaviour, Defect, genesisValidators } from '@dujiang/chain'
import { toHex } from '@dujiang/core/crypto'
import { electingApp, signerOf } from '@dujiang/testing/trivial'
import { nodeCrypto } from '@dujiang/crypto/node'
import { Blocks } from '../../../src/engine/comet/blocks.ts'
import { KnownActs } from '../../../src/engine/comet/known-acts.ts'
import { eventsOf } from '../../../src/ledger/index.ts'
import { inlineVerifier } from '../../../src/verify/index.ts'
import { DrivenNode, drivenRig } from './decided-rig.ts'
import { alice } from '../rig.ts'

const isDefect =
  (rule: string) =>
  (error: unknown): boolean =>
    error instanceof Defect && error.message.includes(rule)

describe('decided blocks', () => {
  it('[CMT-7] give the engine one result for each transaction, in the order of the block, as the chain decides it', async () => {
    const { rig, node, chain } = await drivenRig()
    const txs = [rig.mix(-1), Buffer.from('garbage'), rig.mix(2), rig.mix(3)]
    const timeMs = rig.clock.nowMs()
    const outcome = await node.blocks.execute(chain.next(txs, timeMs))
    assert.equal(outcome.results.length, 4)
    assert.deepEqual(
      outcome.results.map(({ code }) => code),
      [901, 1, 0, 0],
    )
    assert.equal(toHex(outcome.appHash), toHex(chain.ledger.tip.appHash))
    assert.deepEqual(outcome.changes, [])
  })

  it('[CMT-7] are executed in order of height, and a block executed again replaces the one before', async () => {
    const { rig, node, chain } = await drivenRig()
    const decided = chain.next([rig.mix(1)], rig.clock.nowMs())
    await assert.rejects(node.blocks.execute({ ...decided, height: 2 }), isDefect('CMT-7'))
    await node.blocks.execute({ ...decided, txs: [rig.mix(9)] })
    await node.blocks.execute(decided)
    await node.blocks.commit()
    assert.equal(toHex(node.ledger.tip.appHash), toHex(chain.ledger.tip.appHash))
    await assert.rejects(node.blocks.execute(decided), isDefect('CMT-7'))
  })

  it('[CMT-8] are not part of the ledger, nor on the disk, before they are committed', async () => {
    const { rig, node, chain } = await drivenRig()
    const decided = chain.next([rig.mix(1)], rig.clock.nowMs())
    await node.blocks.execute(decided)
    assert.equal(node.ledger.tip.height, 0)
    await node.close()
    const again = await DrivenNode.open(rig)
    assert.equal(again.ledger.tip.height, 0)
    await assert.rejects(again.blocks.commit(), isDefect('CMT-8'))
    await again.take(decided)
    await again.close()
    assert.equal((await DrivenNode.open(rig)).ledger.tip.height, 1)
  })

  it('[CMT-18] begin with one that follows from what the node joined by, or are not executed at all', async () => {
    const { rig, node, chain } = await drivenRig()
    const first = chain.next([rig.mix(1)], rig.clock.nowMs())
    const asked: string[] = []
    const blocks = new Blocks(node.keeper, new KnownActs(node.ledger, inlineVerifier(nodeCrypto), 10), async (hash) => {
      asked.push(toHex(hash))
      if (asked.length === 1) throw new Error('false')
    })
    await assert.rejects(blocks.execute(first), { message: 'false' })
    await assert.rejects(blocks.commit(), isDefect('CMT-8'))
    await blocks.execute(first)
    await blocks.commit()
    await rig.pass(1_000)
    await blocks.execute(chain.next([], rig.clock.nowMs()))
    assert.deepEqual(asked, [toHex(first.hash), toHex(first.hash)])
  })

  it('[CMT-7] leave nothing when what they lead to is a defect', async () => {
    const { rig, node, chain } = await drivenRig()
    const before = toHex(node.ledger.tip.appHash)
    const bytes = rig.act(alice, 'tally.break', { tally: 'T' })
    const decided = { ...chain.next([], rig.clock.nowMs()), txs: [bytes] }
    await assert.rejects(node.blocks.execute(decided), isDefect('TALLY-1'))
    assert.equal(toHex(node.ledger.state.appHash), before)
    await assert.rejects(node.blocks.commit(), isDefect('CMT-8'))
  })

  it('[CMT-7] tell the engine which powers have changed, against the set that signs after the next block', async () => {
    const { rig, node, chain, block } = await drivenRig({ app: electingApp() })
    const [founder] = genesisValidators(node.ledger.founded)
    const other = signerOf('other validator').publicKey
    const seat = (power: number) => rig.act(alice, 'seat.set', { key: toHex(other), power })
    const execute = async (...txs: Uint8Array[]) => {
      await rig.pass(1_000)
      const { changes } = await node.blocks.execute(chain.next(txs, rig.clock.nowMs()))
      await node.blocks.commit()
      return changes.map(({ publicKey, power }) => [toHex(publicKey), power])
    }
    assert.deepEqual(await execute(rig.mix(1)), [])
    assert.deepEqual(await execute(seat(1)), [[toHex(other), 1]])
    assert.deepEqual(await execute(seat(2)), [[toHex(other), 2]])
    assert.deepEqual(await execute(seat(0)), [[toHex(other), 0]])
    assert.deepEqual(node.ledger.tip.validators.afterNext, [founder])
    await block()
    assert.deepEqual(node.ledger.tip.validators.next, [founder])
  })

  it('[CMT-7] put on record what the engine has proved against a validator', async () => {
    const { rig, node, chain } = await drivenRig({ app: electingApp() })
    const fault: Misbehaviour = {
      kind: 'duplicateVote',
      address: 'ab'.repeat(20),
      height: 1,
      timeMs: rig.clock.nowMs(),
      power: 10,
      totalPower: 10,
    }
    const decided = { ...chain.next([], rig.clock.nowMs()), misbehaviour: [fault] }
    await node.take(decided)
    const stored = await node.keeper.receipts.at(0)
    assert.equal(stored?.receipt.act, 'chain.misbehaviour')
    assert.deepEqual(stored && eventsOf(stored)[0]?.data, { kind: 'duplicateVote', address: fault.address, height: 1 })
    await node.close()
    const again = await DrivenNode.open(rig, { app: electingApp() })
    assert.equal(toHex(again.ledger.tip.appHash), toHex(node.ledger.tip.appHash))
  })
})
