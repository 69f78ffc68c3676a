import assert from 'node:assert/strict'
import { type TestContext, describe, it } from 'node:test'
import { ADMISSION } from '@dujiang/chain'
import type { Checked } from '../../../src/engine/comet/check-tx.ts'
import { packParcel } from '../../../src/engine/comet/parcel.ts'
import { actorOf } from '@dujiang/testing/trivial'
import { type DrivenNode, drivenRig } from './decided-rig.ts'
import { Rig, alice, bob } from '../rig.ts'

const falsified = (bytes: Uint8Array): Uint8Array => {
  const text = Buffer.from(bytes).toString()
  const digit = text.at(-4) === '0' ? '1' : '0'
  return Buffer.from(`${text.slice(0, -4)}${digit}${text.slice(-3)}`)
}

const WANTED = { code: 0, log: '' }
const idOf = (node: DrivenNode, bytes: Uint8Array): string => {
  const act = node.known.read(bytes)
  return 'admission' in act ? assert.fail(act.name) : act.envelope.id
}
/** How many acts have been read from their bytes since. */
const readsOf = (t: TestContext, node: DrivenNode): (() => number) => {
  const { mock } = t.mock.method(node.ledger, 'understand')
  return () => mock.callCount()
}

describe('what the mempool is told', () => {
  it('[CMT-4] refuses with the code of admission, by rule after rule', async () => {
    const { rig, node, block } = await drivenRig()
    const done = rig.mix(1)
    await block(done)
    const muted = rig.act(alice, 'org.mute', { org: 'ALICE', muted: true })
    const rows: readonly (readonly [keyof typeof ADMISSION, Uint8Array])[] = [
      ['malformed', Buffer.from('{')],
      ['wrongShape', Buffer.from('{}')],
      ['wrongChain', rig.mix(1, alice, { chain: '00'.repeat(32) })],
      ['unknownAct', rig.act(alice, 'no.such', {})],
      ['wrongShape', rig.act(alice, 'tally.mix', {})],
      ['expired', rig.mix(1, alice, { expires: rig.clock.nowMs() })],
      ['lifetimeTooLong', rig.mix(1, alice, { expires: rig.clock.nowMs() + 8 * 24 * 3_600_000 })],
      ['repeated', done],
      ['unknownKey', rig.mix(1, actorOf('NOBODY'))],
      ['badSignature', falsified(rig.mix(2))],
    ]
    for (const [name, bytes] of rows) {
      assert.deepEqual(await node.checkTx.check(bytes), { code: ADMISSION[name], log: name })
    }
    assert.deepEqual(await node.checkTx.check(muted), { code: 0, log: '' })
    await block(muted)
    const { code } = await node.checkTx.check(rig.mix(1))
    assert.equal(code, ADMISSION.notPermitted)
  })

  it('[CMT-4] keeps a parcel while one of its acts could be in a block, also when asked again', async () => {
    const { rig, node, block } = await drivenRig()
    const [first, second] = [rig.mix(1), rig.mix(2)]
    const parcel = packParcel([first, second], 1n)
    const both = async (): Promise<readonly Checked[]> => [
      await node.checkTx.check(parcel),
      await node.checkTx.checkAgain(parcel),
    ]
    const [wanted, repeated] = [
      { code: 0, log: '' },
      { code: ADMISSION.repeated, log: 'repeated' },
    ]
    assert.deepEqual(await both(), [wanted, wanted])
    await block(first)
    assert.deepEqual(await both(), [wanted, wanted])
    await block(second)
    assert.deepEqual(await both(), [repeated, repeated])
  })

  it('[CMT-4] judges an act it no longer knows when it is asked again, and says what the mempool has still', async () => {
    const { rig, node } = await drivenRig()
    const parcel = packParcel([rig.mix(1)], 7n)
    assert.equal((await node.checkTx.checkAgain(parcel)).code, 0)
    const spoilt = falsified(rig.mix(2))
    assert.equal((await node.checkTx.checkAgain(spoilt)).code, ADMISSION.badSignature)
    const broken = Uint8Array.of(1, 2, 3)
    assert.deepEqual(await node.checkTx.checkAgain(broken), { code: 1, log: 'brokenParcel' })
    assert.deepEqual(node.held, [parcel, spoilt, broken])
  })

  it('[CMT-4] lets an act go when it has expired by the clock, though block time stands still', async () => {
    const { rig, node } = await drivenRig()
    const bytes = rig.mix(1)
    assert.equal((await node.checkTx.check(bytes)).code, 0)
    await rig.pass(60_000)
    assert.equal((await node.checkTx.check(bytes)).code, ADMISSION.expired)
  })

  it('[CMT-1] refuses a broken parcel, and one of nothing but refused acts with the code of the first', async () => {
    const { rig, node, block } = await drivenRig()
    const done = rig.mix(1)
    await block(done)
    assert.deepEqual(await node.checkTx.check(Uint8Array.of(1, 2, 3)), { code: 1, log: 'brokenParcel' })
    const parcel = packParcel([rig.mix(1, actorOf('NOBODY')), done], 1n)
    assert.deepEqual(await node.checkTx.check(parcel), { code: ADMISSION.unknownKey, log: 'unknownKey' })
  })

  it('[CMT-4] refuses a parcel whole for one act that no honest node would have put into it', async () => {
    const { rig, node } = await drivenRig()
    const good = rig.mix(1)
    const falseActs = {
      malformed: Buffer.from('{'),
      wrongShape: Buffer.from('{}'),
      badSignature: falsified(rig.mix(2)),
    }
    for (const [name, bytes] of Object.entries(falseActs)) {
      assert.equal((await node.checkTx.check(packParcel([good, bytes], 1n))).log, name)
    }
    assert.equal((await node.checkTx.check(packParcel([good], 1n))).code, 0)
  })

  it('[CMT-4] passes over an act that only newer code knows, and keeps the others of its parcel', async () => {
    const { rig, node } = await drivenRig()
    const newer = rig.act(alice, 'no.such', {})
    assert.equal((await node.checkTx.check(packParcel([newer, rig.mix(1)], 1n))).code, 0)
    assert.equal((await node.checkTx.check(packParcel([newer], 1n))).code, ADMISSION.unknownAct)
  })

  it('[CMT-4] wants no more acts of an organisation than its quota leaves, so that others come into blocks', async () => {
    const { rig, node, block } = await drivenRig({}, new Rig({}, { actsPerMinuteMax: 3 }))
    const isWanted = async (...acts: Uint8Array[]) => (await node.checkTx.check(packParcel(acts, 1n))).code === 0
    const [first, second, third, fourth] = [1, 2, 3, 4].map((amount) => rig.mix(amount)) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ]
    assert.ok(await isWanted(first, second))
    assert.ok(await isWanted(third, fourth))
    assert.equal((await node.checkTx.check(fourth)).code, ADMISSION.overQuota)
    assert.ok(await isWanted(rig.mix(5, bob)))
    await block(first)
    // What is in the mempool is asked about again, oldest first.
    assert.ok(await isWanted(first, second))
    assert.ok(await isWanted(third, fourth))
    await block(second, third)
    assert.equal((await node.checkTx.check(packParcel([third, fourth], 1n))).log, 'repeated')
    assert.equal((await node.checkTx.check(fourth)).code, ADMISSION.overQuota)
    await rig.pass(59_000)
    const next = rig.mix(6)
    assert.ok(await isWanted(next))
  })

  it('[CMT-4] refuses a parcel that holds an act twice, having read no more of it', async (t) => {
    const { rig, node, block } = await drivenRig()
    const done = rig.mix(1)
    await block(done)
    for (let height = 0; height < 3; height++) await block()
    const others = Array.from({ length: 20 }, () => rig.mix(3))
    const reads = readsOf(t, node)
    const parcel = packParcel([rig.mix(2), done, done, ...others], 1n)
    assert.equal((await node.checkTx.check(parcel)).log, 'repeated')
    assert.equal(reads(), 3)
  })

  it('[CMT-2] reads a parcel once, whatever else is in it beside an act that is wanted', async (t) => {
    const { rig, node, block } = await drivenRig()
    const done = Array.from({ length: 20 }, (_, amount) => rig.mix(amount))
    await block(...done)
    for (let height = 0; height < 3; height++) await block()
    const strange = [rig.act(alice, 'no.such', {}), rig.mix(1, actorOf('NOBODY'))]
    const good = rig.mix(1, alice, { expires: rig.clock.nowMs() + 600_000 })
    const parcel = packParcel([good, ...done, ...strange], 1n)
    const reads = readsOf(t, node)
    assert.deepEqual(await node.checkTx.check(parcel), WANTED)
    assert.equal(reads(), 23)
    for (let again = 0; again < 3; again++) {
      assert.deepEqual(await node.checkTx.checkAgain(parcel), WANTED)
      const { tip } = node.ledger
      const proposed = { height: tip.height + 1, timeMs: tip.timeMs + 1, txs: [parcel] }
      assert.deepEqual(await node.proposals.prepare(proposed, 1_000_000), [good])
      await block()
    }
    assert.equal(reads(), 23)
  })

  it('[CMT-4] counts an act once against what a quota leaves, in however many parcels it comes', async () => {
    const { rig, node } = await drivenRig({}, new Rig({}, { actsPerMinuteMax: 3 }))
    const [copied, second, third, fourth] = [1, 2, 3, 4].map((amount) => rig.mix(amount)) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ]
    for (let nonce = 0n; nonce < 10n; nonce++) {
      assert.deepEqual(await node.checkTx.check(packParcel([copied], nonce)), WANTED)
    }
    assert.deepEqual(await node.checkTx.check(second), WANTED)
    assert.deepEqual(await node.checkTx.check(third), WANTED)
    assert.equal((await node.checkTx.check(fourth)).log, 'overQuota')
  })

  it("[CMT-4] wants the acts of the node's own door also where others have used what the quota leaves", async () => {
    const { rig, node } = await drivenRig({}, new Rig({}, { actsPerMinuteMax: 1 }))
    const [foreign, own, more] = [rig.mix(1), rig.mix(2), rig.mix(3)]
    node.own.add(idOf(node, own))
    assert.deepEqual(await node.checkTx.check(foreign), WANTED)
    assert.deepEqual(await node.checkTx.check(own), WANTED)
    assert.equal((await node.checkTx.check(more)).log, 'overQuota')
  })
})
