import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ADMISSION } from '@dujiang/chain'
import type { Checked } from '../../../src/engine/comet/check-tx.ts'
import { packParcel } from '../../../src/engine/comet/parcel.ts'
import { actorOf } from '@dujiang/testing/trivial'
import { drivenRig } from './decided-rig.ts'
import { Rig, alice, bob } from '../rig.ts'

const falsified = (bytes: Uint8Array): Uint8Array => {
  const text = Buffer.from(bytes).toString()
  const digit = text.at(-4) === '0' ? '1' : '0'
  return Buffer.from(`${text.slice(0, -4)}${digit}${text.slice(-3)}`)
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
})
