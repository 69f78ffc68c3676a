import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isInadmissible } from '@dujiang/chain'
import { KnownParcels } from '../../../src/engine/comet/known-parcels.ts'
import { packParcel } from '../../../src/engine/comet/parcel.ts'
import { drivenRig } from './decided-rig.ts'

async function twoActs() {
  const { rig, node, block } = await drivenRig()
  const acts = [rig.mix(1), rig.mix(2)].map((bytes) => {
    const act = node.ledger.understand(bytes)
    assert.ok(!isInadmissible(act))
    return act
  })
  const parcelOf = (nonce: bigint, some = acts): Uint8Array =>
    packParcel(
      some.map(({ envelope }) => envelope.bytes),
      nonce,
    )
  return { node, block, acts, parcelOf, actBytes: acts.reduce((sum, act) => sum + act.envelope.bytes.length, 0) }
}

describe('parcels that are known', () => {
  it('[CMT-2] counts only for the same bytes, whatever its nonce', async () => {
    const { acts, parcelOf } = await twoActs()
    const parcels = new KnownParcels(100_000)
    const parcel = parcelOf(1n)
    parcels.remember(parcel, acts)
    assert.equal(parcels.actsOf(parcel.slice()), acts)
    assert.equal(parcels.actsOf(parcelOf(1n, acts.slice(1))), undefined)
    assert.equal(parcels.actsOf(parcelOf(2n)), undefined)
    parcels.forget(parcel)
    assert.equal(parcels.actsOf(parcel), undefined)
  })

  it('[CMT-2] remembers of the youngest as much as it may', async () => {
    const { acts, parcelOf, actBytes } = await twoActs()
    const parcels = new KnownParcels(2 * (actBytes + parcelOf(1n).length))
    const all = [1n, 2n, 3n].map((nonce) => parcelOf(nonce))
    for (const parcel of all) parcels.remember(parcel, acts)
    assert.deepEqual(
      all.map((parcel) => parcels.actsOf(parcel) !== undefined),
      [false, true, true],
    )
  })

  it('[CMT-2] is remembered while the mempool has it, with the acts that can be in a block, and until none is wanted', async () => {
    const { node, block, acts, parcelOf } = await twoActs()
    const [first, second] = acts.map(({ envelope }) => envelope.bytes) as [Uint8Array, Uint8Array]
    const parcel = parcelOf(1n)
    await node.checkTx.check(parcel)
    assert.equal(node.known.parcels.actsOf(parcel)?.length, 2)
    await block(first)
    assert.equal((await node.checkTx.checkAgain(parcel)).code, 0)
    const late = parcelOf(2n)
    await node.checkTx.check(late)
    assert.equal(node.known.parcels.actsOf(late)?.length, 1)
    await block(second)
    assert.notEqual((await node.checkTx.checkAgain(parcel)).code, 0)
    assert.equal(node.known.parcels.actsOf(parcel), undefined)
  })
})
