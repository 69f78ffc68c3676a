import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Ledger, type Understood, isInadmissible } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { trivialApp, trivialValidator } from '@dujiang/testing/trivial'
import { EmbeddedEngine, Sealer } from '../../src/engine/index.ts'
import { SealedKeeper } from '../../src/ledger/index.ts'
import type { NotTaken } from '../../src/service/index.ts'
import { MemoryJournals } from '../../src/store/index.ts'
import { Rig, alice, bob, receiptOf } from './rig.ts'

describe('quotas', () => {
  it('[IN-3] at the door say when to come again to who has used up theirs, and leave others alone', async () => {
    const rig = new Rig({}, { actsPerMinuteMax: 2 })
    const node = await rig.open()
    const outcomes = await node.submitMany([rig.mix(1), rig.mix(2), rig.mix(3), rig.mix(4, bob)])
    assert.deepEqual(
      outcomes.map((each) => each.kind),
      ['committed', 'committed', 'busy', 'committed'],
    )
    const [, , third] = outcomes
    assert.ok(third?.kind === 'busy' && third.reason === 'overQuota' && third.retryAfterSeconds === 59)
    await rig.pass(59_000)
    assert.equal(receiptOf(await node.submit(rig.mix(5))).code, 0)
    await node.close()
  })

  it('[ENG-3] keep an act in the queue until the minute in which its organisation may act again', async () => {
    const rig = new Rig({}, { actsPerMinuteMax: 1 })
    const { engine, keeper, understood } = await bareEngine(rig)
    for (const act of [rig.mix(1), rig.mix(2), rig.mix(3, bob)]) engine.offer(understood(act))
    await rig.pass(10)
    const first = await keeper.receipts.range(0, 2)
    assert.deepEqual(new Set(first.map(({ receipt }) => receipt.org)), new Set(['ALICE', 'BOB']))
    await rig.pass(58_000)
    assert.equal(keeper.receipts.size, 2)
    await rig.pass(1_000)
    assert.equal((await keeper.receipts.at(2))?.receipt.org, 'ALICE')
    await engine.stop()
  })

  it('[ENG-3] drop an act that expires while it waits, and one that is still waiting when the engine stops', async () => {
    const rig = new Rig({}, { actsPerMinuteMax: 1 })
    const { engine, dropped, understood } = await bareEngine(rig)
    const soon = { expires: rig.clock.nowMs() + 10_000 }
    const late = { expires: rig.clock.nowMs() + 600_000 }
    for (const act of [rig.mix(1, alice, late), rig.mix(2, alice, soon), rig.mix(3, alice, late)])
      engine.offer(understood(act))
    await rig.pass(10_000)
    engine.offer(understood(rig.mix(4, bob)))
    await rig.pass(0)
    const refused = [...dropped.values()].map((answer) => answer.kind === 'inadmissible' && answer.refusal.name)
    assert.deepEqual(refused, ['expired'])
    await engine.stop()
    assert.equal(dropped.size, 2)
  })
})

/** An engine without a door before it. */
async function bareEngine(rig: Rig) {
  const journal = await new MemoryJournals().open('journal')
  const keeper = await SealedKeeper.open(new Ledger(trivialApp(), nodeCrypto, rig.genesisBytes), journal)
  const sealer = new Sealer(nodeCrypto, keeper.ledger.founded, trivialValidator)
  const dropped = new Map<string, NotTaken>()
  const limits = { actsMax: 100, bytesMax: 1_000_000, proofDelayMs: 0 }
  const engine = new EmbeddedEngine(keeper, sealer, rig.clock, limits, {
    onDropped: (id, answer) => dropped.set(id, answer),
    onFailure: (cause) => assert.fail(String(cause)),
  })
  engine.start()
  const understood = (bytes: Uint8Array): Understood => {
    const act = keeper.ledger.understand(bytes)
    if (isInadmissible(act)) throw new Error(act.name)
    return act
  }
  return { engine, keeper, dropped, understood }
}
