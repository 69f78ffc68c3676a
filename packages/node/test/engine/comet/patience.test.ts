import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ADMISSION } from '@dujiang/chain'
import { packParcel } from '../../../src/engine/comet/parcel.ts'
import { RequestCommit, RequestFinalizeBlock } from '../../../src/engine/comet/abci/index.ts'
import { drivenRig } from './decided-rig.ts'
import { alice } from '../rig.ts'

const WANTED = { code: 0, log: '' }
const BUSY = { code: 1, log: 'busy' }
type Done = (holds: boolean) => void

/** A driven node whose signatures are judged by hand, and whose engine executes and commits an empty block. */
async function judgedByHand() {
  const asked: Done[] = []
  const verifier = {
    check: (_check: unknown, done: Done) => (asked.push(done), () => undefined),
    close: () => Promise.resolve(),
  }
  const driven = await drivenRig({ verifier })
  const { rig, node, chain } = driven
  const execute = async (): Promise<void> => {
    await rig.pass(1_000)
    const { height, time, hash } = chain.next([], rig.clock.nowMs())
    const at = { seconds: BigInt(time.seconds), nanos: time.nanos }
    await node.abci.finalizeBlock(RequestFinalizeBlock.fromPartial({ height: BigInt(height), time: at, hash }))
  }
  const commit = () => node.abci.commit(RequestCommit.create())
  let nonce = 1n
  /** What the mempool is told of a parcel, once it is. */
  const checking = (...acts: Uint8Array[]) => {
    const told: { checked?: object } = {}
    const asking = Promise.resolve(node.checkTx.check(packParcel(acts, nonce++)))
    asking.then((checked) => (told.checked = checked)).catch(assert.fail)
    return told
  }
  const answer = async (at: number, holds: boolean): Promise<void> => {
    asked[at]?.(holds)
    await rig.pass(0)
  }
  return { ...driven, asked, answer, execute, commit, checking }
}

describe('a commit that waits for checks', () => {
  it('[CMT-19] waits a tenth of a second where a false signature has been passed on', async () => {
    const { rig, answer, execute, commit, checking } = await judgedByHand()
    const [junk, waiting] = [checking(rig.mix(1)), checking(rig.mix(2))]
    await answer(0, false)
    assert.notEqual(junk.checked, undefined)
    await execute()
    await rig.pass(99)
    assert.equal(waiting.checked, undefined)
    await rig.pass(1)
    assert.deepEqual(waiting.checked, BUSY)
    const later = checking(rig.mix(3))
    await rig.pass(0)
    assert.deepEqual(later.checked, BUSY)
    await commit()
    const next = checking(rig.mix(4))
    await rig.pass(1_000)
    assert.equal(next.checked, undefined)
  })

  it('[CMT-19] waits on where all signatures hold, and until the first does not', async () => {
    const { rig, answer, execute, checking } = await judgedByHand()
    const told = [1, 2, 3].map((amount) => checking(rig.mix(amount)))
    await execute()
    await rig.pass(500)
    await answer(0, true)
    await rig.pass(500)
    assert.deepEqual(
      told.map(({ checked }) => checked),
      [{ code: 0, log: '' }, undefined, undefined],
    )
    await answer(1, false)
    assert.deepEqual(told[2]?.checked, BUSY)
  })

  it('[CMT-19] keeps what is known, and learns what is judged too late', async () => {
    const { rig, asked, answer, execute, checking } = await judgedByHand()
    const [junk, own, late] = [rig.mix(1), rig.mix(2), rig.mix(3)]
    checking(junk)
    checking(own)
    const waiting = checking(late)
    await answer(0, false)
    await answer(1, true)
    await execute()
    await rig.pass(100)
    assert.deepEqual(waiting.checked, BUSY)
    const again = checking(own)
    await rig.pass(0)
    assert.deepEqual(again.checked, { code: 0, log: '' })
    await answer(2, true)
    const known = checking(late, own)
    await rig.pass(0)
    assert.deepEqual(known.checked, { code: 0, log: '' })
    assert.equal(asked.length, 3)
  })

  it('[CMT-19] waits no longer where too much has been read in vain, of which a parcel is read no further', async (t) => {
    const { rig, node, answer, execute, commit, checking } = await judgedByHand()
    const told = async (...acts: Uint8Array[]): Promise<object | undefined> => {
      const asking = checking(...acts)
      await rig.pass(0)
      return asking.checked
    }
    const own = rig.mix(1)
    checking(own)
    await answer(0, true)
    const late = Array.from({ length: 100 }, () => rig.mix(1, alice, { expires: rig.clock.nowMs() }))
    const { mock } = t.mock.method(node.ledger, 'understand')
    for (let parcels = 0; parcels < 10; parcels++) assert.deepEqual(await told(own, ...late), WANTED)
    assert.equal(mock.callCount(), 1_000)
    for (let parcels = 0; parcels < 3; parcels++) {
      assert.deepEqual(await told(own, ...late), { code: ADMISSION.expired, log: 'expired' })
    }
    assert.equal(mock.callCount(), 1_003)
    // What honest nodes pass on is taken, until a commit has waited long enough.
    const waiting = checking(own, rig.mix(2))
    await answer(1, true)
    assert.deepEqual(waiting.checked, WANTED)
    await execute()
    await rig.pass(100)
    assert.deepEqual(await told(own, rig.mix(3)), BUSY)
    assert.deepEqual(await told(own), WANTED)
    assert.equal(mock.callCount(), 1_004)
    await commit()
    assert.deepEqual(await told(own, ...late), WANTED)
  })
})
