import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Understood, isInadmissible } from '@dujiang/chain'
import { TRIVIAL_TIME_MS, keyRowOf } from '@dujiang/testing/trivial'
import { nonceOf, packParcel, unpackParcel } from '../../../src/engine/comet/parcel.ts'
import { Relay } from '../../../src/engine/comet/relay.ts'
import type { NotTaken } from '../../../src/service/index.ts'
import { Rig, alice } from '../rig.ts'
import { drivenRig } from './decided-rig.ts'

const HOUR_MS = 3_600_000

/** A relay before a mempool that answers as it is told to. */
async function relayed(rigged = new Rig()) {
  const driven = await drivenRig({}, rigged)
  const { rig, node } = driven
  const mempool = {
    answer: 'taken' as 'taken' | 'full' | 'silent',
    /** Called while it has a parcel and has not answered. */
    meanwhile: (): void => undefined,
    parcels: [] as Uint8Array[],
  }
  const dropped: (readonly [string, NotTaken])[] = []
  let nonce = 0n
  const relay = new Relay(
    node.ledger,
    async (tx) => {
      mempool.parcels.push(tx)
      mempool.meanwhile()
      if (mempool.answer === 'silent') throw new Error('nobody is there')
      return mempool.answer
    },
    rig.clock,
    () => nonce++,
    (id, answer) => dropped.push([id, answer]),
  )
  node.keeper.onCommit(({ stored }) => relay.settle(stored.map(({ receipt }) => receipt.id)))
  const understood = (bytes: Uint8Array): Understood => {
    const act = node.ledger.understand(bytes)
    assert.ok(!isInadmissible(act))
    return act
  }
  const offer = (bytes: Uint8Array): Understood => {
    const act = understood(bytes)
    relay.offer(act)
    return act
  }
  /** Amounts of the acts in the parcels sent since the last look. */
  const sent = (): unknown[][] =>
    mempool.parcels
      .splice(0)
      .map((parcel) =>
        (unpackParcel(parcel) ?? []).map(
          (bytes) => (understood(bytes).envelope.body.payload as { amount: number }).amount,
        ),
      )
  return { ...driven, relay, mempool, dropped, offer, sent }
}

describe('the relay', () => {
  it('[CMT-12] sends acts that come together in one parcel, in their order', async () => {
    const { rig, offer, sent } = await relayed()
    for (const amount of [1, 2, 3]) offer(rig.mix(amount))
    assert.deepEqual(sent(), [])
    await rig.pass(50)
    assert.deepEqual(sent(), [[1, 2, 3]])
    await rig.pass(1_000)
    assert.deepEqual(sent(), [])
  })

  it('[CMT-12] fills a parcel up to its limit and begins another', async () => {
    const { rig, offer, sent, mempool } = await relayed()
    const bytes = rig.mix(0).length
    const count = Math.ceil((2.5 * 64 * 1024) / bytes)
    for (let at = 0; at < count; at++) offer(rig.mix(at))
    await rig.pass(100)
    for (const parcel of mempool.parcels) assert.ok(parcel.length <= 64 * 1024 + 9)
    const parcels = sent()
    assert.equal(parcels.length, 3)
    assert.deepEqual(
      parcels.flat(),
      Array.from({ length: count }, (_, at) => at),
    )
  })

  it('[CMT-12] sends again what is in no block long after the mempool took it, and not what is', async () => {
    const { rig, offer, sent, block, relay } = await relayed()
    const [inBlock] = [offer(rig.mix(1, undefined, { expires: rig.clock.nowMs() + HOUR_MS }))]
    offer(rig.mix(2, undefined, { expires: rig.clock.nowMs() + HOUR_MS }))
    await rig.pass(50)
    assert.deepEqual(sent(), [[1, 2]])
    await block(inBlock.envelope.bytes)
    assert.equal(relay.size, 1)
    for (let seconds = 0; seconds < 40; seconds++) await block()
    await rig.pass(50)
    const again = sent()
    assert.ok(again.length >= 1 && again.length <= 10, `${again.length} times in 40 s`)
    assert.ok(again.every((parcel) => parcel.length === 1 && parcel[0] === 2))
  })

  it('[CMT-12] does not send again what the mempool says that it has still', async () => {
    const { rig, offer, sent, block, relay, mempool } = await relayed()
    offer(rig.mix(1, undefined, { expires: rig.clock.nowMs() + HOUR_MS }))
    await rig.pass(50)
    const [parcel] = mempool.parcels.splice(0) as [Uint8Array]
    for (let seconds = 0; seconds < 25; seconds++) {
      relay.held(parcel)
      await block()
    }
    await rig.pass(50)
    assert.deepEqual(sent(), [])
    // Another parcel with this one's nonce, as a liar makes it, says nothing.
    const forged = packParcel([rig.mix(2)], nonceOf(parcel) as bigint)
    for (let seconds = 0; seconds < 17; seconds++) {
      relay.held(forged)
      await block()
    }
    await rig.pass(50)
    assert.deepEqual(sent(), [[1]])
  })

  it('[CMT-12] sends again in the end what only its own mempool may have: others were full when it came to them', async () => {
    const { rig, offer, sent, block, relay, mempool } = await relayed()
    offer(rig.mix(1, undefined, { expires: rig.clock.nowMs() + HOUR_MS }))
    await rig.pass(50)
    const [parcel] = mempool.parcels.splice(0) as [Uint8Array]
    for (let seconds = 0; seconds < 60; seconds++) {
      relay.held(parcel)
      await block()
    }
    await rig.pass(50)
    assert.deepEqual(sent(), [[1]])
  })

  it('[CMT-12] keeps the order in which acts were offered when the mempool takes none for a while', async () => {
    const { rig, offer, sent, mempool } = await relayed()
    mempool.answer = 'full'
    const count = Math.ceil((2.5 * 64 * 1024) / rig.mix(0).length)
    for (let at = 0; at < count; at++) offer(rig.mix(at))
    await rig.pass(100)
    sent()
    mempool.answer = 'taken'
    await rig.pass(1_000)
    assert.deepEqual(
      sent().flat(),
      Array.from({ length: count }, (_, at) => at),
    )
  })

  for (const answer of ['full', 'silent'] as const) {
    it(`[CMT-12] asks a mempool that is ${answer} again shortly, and not at once`, async () => {
      const { rig, offer, sent, mempool } = await relayed()
      mempool.answer = answer
      offer(rig.mix(1))
      await rig.pass(2_000)
      const tries = sent().length
      assert.ok(tries >= 3 && tries <= 20, `${tries} tries in 2 s`)
      mempool.answer = 'taken'
      await rig.pass(500)
      assert.deepEqual(sent(), [[1]])
    })
  }

  it('[CMT-12] sends everything again when the mempool has begun anew', async () => {
    const { rig, offer, sent, relay } = await relayed()
    offer(rig.mix(1))
    offer(rig.mix(2))
    await rig.pass(50)
    sent()
    relay.forgotten()
    await rig.pass(50)
    assert.deepEqual(sent(), [[1, 2]])
  })

  it('[CMT-12] sends what is older first, after a mempool that was full as after one that begins anew', async () => {
    const { rig, offer, sent, relay, mempool } = await relayed()
    const later = rig.mix(2)
    mempool.answer = 'full'
    mempool.meanwhile = () => offer(later)
    offer(rig.mix(1))
    await rig.pass(50)
    mempool.answer = 'taken'
    mempool.meanwhile = () => undefined
    sent()
    await rig.pass(500)
    assert.deepEqual(sent(), [[1, 2]])
    offer(rig.mix(3))
    relay.forgotten()
    await rig.pass(50)
    assert.deepEqual(sent(), [[1, 2, 3]])
  })

  it('[CMT-12] sends no act again that has expired since the mempool began anew', async () => {
    const { rig, offer, sent, block, dropped, relay, mempool } = await relayed()
    offer(rig.mix(1, undefined, { expires: rig.clock.nowMs() + 10_000 }))
    await rig.pass(50)
    mempool.answer = 'silent'
    relay.forgotten()
    for (let seconds = 0; seconds < 20; seconds++) await block()
    assert.equal(dropped.length, 1)
    mempool.answer = 'taken'
    sent()
    offer(rig.mix(2))
    await rig.pass(500)
    assert.deepEqual(sent(), [[2]])
  })

  it('[CMT-12] makes another parcel each time: the mempool remembers those it has had', async () => {
    const { rig, offer, relay, mempool } = await relayed()
    offer(rig.mix(1))
    await rig.pass(50)
    relay.forgotten()
    await rig.pass(50)
    const [first, second] = mempool.parcels.map((parcel) => Buffer.from(parcel).toString('hex'))
    assert.notEqual(first, second)
  })

  it('[CMT-12] drops an act that has expired by block time, with the reason', async () => {
    const { rig, offer, dropped, block, relay } = await relayed()
    const { envelope } = offer(rig.mix(1))
    await rig.pass(50)
    for (let seconds = 0; seconds < 90; seconds++) await block()
    assert.equal(relay.size, 0)
    const [[id, answer]] = dropped as [readonly [string, NotTaken]]
    assert.equal(id, envelope.id)
    assert.ok(answer.kind === 'inadmissible' && answer.refusal.name === 'expired')
    assert.equal(dropped.length, 1)
  })

  it('[CMT-12] keeps an act that lives too long only by the time of a ledger that is days behind', async () => {
    const { rig, offer, sent, dropped, relay, mempool } = await relayed()
    await rig.pass(8 * 24 * HOUR_MS)
    mempool.answer = 'silent'
    offer(rig.mix(1, alice, { expires: rig.clock.nowMs() + HOUR_MS }))
    await rig.pass(1_000)
    relay.forgotten()
    assert.deepEqual(dropped, [])
    mempool.answer = 'taken'
    sent()
    await rig.pass(500)
    assert.deepEqual(sent(), [[1]])
  })

  it('[CMT-12] keeps an act whose key has ended by the clock, until it has by block time', async () => {
    const keys = [keyRowOf(alice, 0, TRIVIAL_TIME_MS + 5_000)]
    const { rig, offer, block, dropped, relay } = await relayed(new Rig({}, { keys }))
    await rig.pass(10_000)
    offer(rig.mix(1))
    relay.forgotten()
    assert.equal(dropped.length, 0)
    await block()
    relay.forgotten()
    const [[, answer]] = dropped as [readonly [string, NotTaken]]
    assert.ok(answer.kind === 'inadmissible' && answer.refusal.name === 'keyNotLive')
  })

  it('[CMT-12] drops all as stopping when the engine stops, and sends no more', async () => {
    const { rig, offer, dropped, relay, sent } = await relayed()
    offer(rig.mix(1))
    offer(rig.mix(2))
    relay.stop()
    assert.deepEqual(
      dropped.map(([, answer]) => answer.kind === 'busy' && answer.reason),
      ['stopping', 'stopping'],
    )
    await rig.pass(60_000)
    assert.deepEqual(sent(), [])
  })
})
