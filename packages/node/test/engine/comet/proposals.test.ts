import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { nodeCrypto } from '@dujiang/crypto/node'
import { actorOf } from '@dujiang/testing/trivial'
import { packParcel } from '../../../src/engine/comet/parcel.ts'
import { type SeededRandom, seededRandom } from '../../../src/seams/index.ts'
import { MemoryJournals } from '../../../src/store/index.ts'
import { type Verifier, inlineVerifier } from '../../../src/verify/index.ts'
import { ACTS_MAX, DrivenNode, drivenRig } from './decided-rig.ts'
import { Rig, alice, bob } from '../rig.ts'

const BYTES_MAX = 1_000_000
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

/** What may lie in a mempool: good acts, alone or in parcels, some twice; spoilt, late and foreign ones; noise. */
function mempoolOf(rig: Rig, random: SeededRandom, done: readonly Uint8Array[]): Uint8Array[] {
  const some = (): Uint8Array => {
    const by = random.below(2) === 0 ? alice : bob
    switch (random.below(8)) {
      case 0:
        return Buffer.from(`{"noise":${random.below(1_000)}}`)
      case 1:
        return rig.mix(1, by, { expires: rig.clock.nowMs() + random.below(3) - 1 })
      case 2:
        return done[random.below(done.length)] ?? rig.mix(2, by)
      case 3:
        return rig.mix(3, actorOf('NOBODY'))
      case 4: {
        const bytes = Buffer.from(rig.mix(4, by))
        bytes[bytes.length - 5] = '0123456789abcdef'.charCodeAt(random.below(16))
        return bytes
      }
      default:
        return rig.mix(random.below(100), by)
    }
  }
  const acts = Array.from({ length: random.below(30) }, some)
  const txs: Uint8Array[] = []
  while (acts.length > 0) {
    const taken = acts.splice(0, 1 + random.below(5))
    if (random.below(3) === 0) txs.push(taken[0] as Uint8Array)
    txs.push(taken.length === 1 ? (taken[0] as Uint8Array) : packParcel(taken, BigInt(txs.length)))
  }
  if (random.below(3) === 0) txs.push(Uint8Array.of(1, 0, 0))
  return txs
}

describe('proposals', () => {
  it('[CMT-6] of an honest validator are accepted by one that never saw their acts, in any order', async () => {
    let proposedActs = 0
    for (let seed = 0; seed < 15; seed++) {
      const random = seededRandom(seed)
      const rig = new Rig({}, { actsPerMinuteMax: 1 + random.below(20) })
      const { node, chain } = await drivenRig({}, rig)
      const twin = await twinOf(rig)
      const done: Uint8Array[] = []
      for (let height = 1; height <= 4; height++) {
        await rig.pass(random.below(40_000) + 1)
        const timeMs = rig.clock.nowMs()
        const txs = await node.proposals.prepare(
          { height, timeMs, txs: mempoolOf(rig, random, done) },
          9_000 + random.below(8_000),
        )
        const shuffled = shuffle(random, txs)
        assert.ok(await twin.proposals.accept({ height, timeMs, txs: shuffled }), `seed ${seed}, height ${height}`)
        const decided = chain.next(shuffled, timeMs)
        for (const each of [node, twin]) await each.take(decided)
        assert.equal(node.keeper.receipts.size, done.length + txs.length, 'every act proposed leaves a receipt')
        done.push(...txs)
      }
      proposedActs += done.length
    }
    assert.ok(proposedActs > 200, `only ${proposedActs} acts were proposed`)
  })

  it('[CMT-5] hold the acts of parcels one by one, oldest first, each once, within the limit in bytes', async () => {
    const { rig, node } = await drivenRig()
    const acts = [1, 2, 3, 4].map((amount) => rig.mix(amount))
    const [a, b, c, d] = acts as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
    const txs = [packParcel([a, b], 1n), b, packParcel([c, a], 2n), Uint8Array.of(1, 1), d]
    const proposed = { height: 1, timeMs: rig.clock.nowMs(), txs }
    assert.deepEqual((await node.proposals.prepare(proposed, BYTES_MAX)).map(textOf), acts.map(textOf))
    const bytes = 8 * ACTS_MAX + a.length + b.length + c.length
    assert.deepEqual((await node.proposals.prepare(proposed, bytes)).map(textOf), [a, b, c].map(textOf))
    assert.deepEqual((await node.proposals.prepare(proposed, bytes - 1)).map(textOf), [a, b].map(textOf))
  })

  it('[CMT-5] reach what lies behind many parcels of which no block may hold anything', async () => {
    const { rig, node, block } = await drivenRig()
    const done = rig.mix(1)
    await block(done)
    const wanted = rig.mix(2)
    const txs = [...Array.from({ length: 300 }, (_, n) => packParcel([done], BigInt(n))), packParcel([wanted], 300n)]
    const proposed = { height: node.ledger.tip.height + 1, timeMs: node.ledger.tip.timeMs + 1_000, txs }
    assert.deepEqual((await node.proposals.prepare(proposed, BYTES_MAX)).map(textOf), [textOf(wanted)])
  })

  it('[CMT-5] are empty at a time that cannot be a block time', async () => {
    const { rig, node } = await drivenRig()
    const { timeMs } = node.ledger.tip
    assert.deepEqual(await node.proposals.prepare({ height: 1, timeMs, txs: [rig.mix(1)] }, BYTES_MAX), [])
  })

  it('[CMT-6] are refused for each thing that an honest validator cannot propose', async () => {
    const rig = new Rig({}, { actsPerMinuteMax: 3 })
    const { node, block } = await drivenRig({}, rig)
    const done = rig.mix(1)
    await block(done)
    const muting = rig.act(bob, 'org.mute', { org: 'BOB', muted: true })
    await block(muting)
    const [good, other] = [rig.mix(2), rig.mix(3, alice)]
    const { height, timeMs: lastMs } = node.ledger.tip
    const timeMs = lastMs + 1_000
    const spoilt = forged(rig.mix(4))
    const accepts = (txs: readonly Uint8Array[], over: { height?: number; timeMs?: number } = {}): Promise<boolean> =>
      node.proposals.accept({ height: height + 1, timeMs, txs, ...over })
    assert.ok(await accepts([]))
    assert.ok(await accepts([good, other]))
    assert.ok(await accepts([other, good]))
    const refused: Readonly<Record<string, Promise<boolean>>> = {
      'another height': accepts([good], { height: height + 2 }),
      'a time not after the last': accepts([good], { timeMs: lastMs }),
      garbage: accepts([good, Buffer.from('garbage')]),
      'a parcel': accepts([packParcel([good], 1n)]),
      'an act twice': accepts([good, other, good]),
      'an act executed before': accepts([done]),
      'an act that expires with the block': accepts([rig.mix(5, alice, { expires: timeMs })]),
      'a false signature': accepts([spoilt]),
      'a key nobody knows': accepts([rig.mix(5, actorOf('NOBODY'))]),
      'an act not permitted': accepts([rig.mix(5, bob)]),
      'more than a quota leaves': accepts([good, other, rig.mix(6)]),
    }
    for (const [what, accepted] of Object.entries(refused)) assert.equal(await accepted, false, what)
  })

  it('[CMT-6] of more than may be in a block are refused before a signature is judged', async () => {
    const { rig, verifier, accepts } = await judging(50)
    const forgeries = Array.from({ length: 51 }, (_, amount) => forged(rig.mix(amount)))
    const some = forgeries.slice(0, 10)
    for (const txs of [forgeries, [...some, ...some], [...some, rig.mix(1, alice, { expires: 1 })]]) {
      assert.equal(await accepts(txs), false)
    }
    assert.equal(verifier.judged, 0)
  })

  it('[CMT-6] are judged no further than where a signature is false', async () => {
    const { rig, verifier, accepts } = await judging(5_000)
    const txs = Array.from({ length: 600 }, (_, amount) => rig.mix(amount))
    const first = forged(rig.mix(1))
    assert.equal(await accepts([first, ...txs]), false)
    assert.equal(verifier.judged, 256)
    assert.ok(await accepts(txs))
    assert.equal(verifier.judged, 601, 'what was good then is known')
    assert.equal(await accepts([...txs, first]), false)
    assert.equal(verifier.judged, 602)
  })
})

/** An act with the last digit of its signature changed. */
function forged(act: Uint8Array): Uint8Array {
  const bytes = Buffer.from(act)
  bytes[bytes.length - 5] = bytes[bytes.length - 5] === 0x30 ? 0x31 : 0x30
  return bytes
}

/** A node whose signatures are counted as they are judged, and what it says of proposals for its first block. */
async function judging(actsPerMinuteMax: number) {
  const inline = inlineVerifier(nodeCrypto)
  const verifier: Verifier & { judged: number } = {
    judged: 0,
    check: (check, done) => ((verifier.judged += 1), inline.check(check, done)),
    close: () => inline.close(),
  }
  const { rig, node } = await drivenRig({ verifier }, new Rig({}, { actsPerMinuteMax }))
  const accepts = (txs: readonly Uint8Array[]): Promise<boolean> =>
    node.proposals.accept({ height: 1, timeMs: rig.clock.nowMs(), txs })
  return { rig, verifier, accepts }
}

const twinOf = async (rig: Rig): Promise<DrivenNode> =>
  DrivenNode.open(rig, { journal: await new MemoryJournals().open('twin') })

function shuffle<T>(random: SeededRandom, list: readonly T[]): T[] {
  const shuffled = [...list]
  for (let at = shuffled.length - 1; at > 0; at--) {
    const other = random.below(at + 1)
    ;[shuffled[at], shuffled[other]] = [shuffled[other] as T, shuffled[at] as T]
  }
  return shuffled
}
