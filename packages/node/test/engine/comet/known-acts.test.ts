import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Understood, isInadmissible } from '@dujiang/chain'
import { type Judged, KnownActs } from '../../../src/engine/comet/known-acts.ts'
import type { SignatureCheck, Verifier } from '../../../src/verify/index.ts'
import { DrivenNode } from './decided-rig.ts'
import { Rig, alice } from '../rig.ts'

/** A verifier whose checks wait until they are answered by hand. */
class HandVerifier implements Verifier {
  readonly asked: { readonly check: SignatureCheck; readonly done: (holds: boolean) => void; hastened: boolean }[] = []

  check(check: SignatureCheck, done: (holds: boolean) => void): () => void {
    const asked = { check, done, hastened: false }
    this.asked.push(asked)
    return () => {
      asked.hastened = true
    }
  }

  answer(at: number, holds: boolean): void {
    this.asked[at]?.done(holds)
  }

  async close(): Promise<void> {}
}

async function known(actsMax = 100, bytesMax?: number) {
  const rig = new Rig()
  const verifier = new HandVerifier()
  const node = await DrivenNode.open(rig)
  return { rig, verifier, acts: new KnownActs(node.ledger, verifier, actsMax, bytesMax) }
}

function readBy(acts: KnownActs, bytes: Uint8Array): Understood {
  const act = acts.read(bytes)
  assert.ok(!isInadmissible(act))
  return act
}
/** Has an act judged for the mempool. */
const inTurn = (acts: KnownActs, bytes: Uint8Array) => acts.judge(readBy(acts, bytes), 'inTurn')
const isGood = (judged: Judged): boolean => !isInadmissible(judged) && judged.verifiedUnder !== undefined

describe('acts that are known', () => {
  it('[CMT-2] are judged once, and answered at once from then on', async () => {
    const { rig, verifier, acts } = await known()
    const bytes = rig.mix(1)
    const first = inTurn(acts, bytes)
    assert.ok(first instanceof Promise)
    verifier.answer(0, true)
    assert.ok(isGood(await first))
    const again = acts.judgeNow(bytes.slice())
    assert.ok(!(again instanceof Promise) && isGood(again))
    assert.equal(verifier.asked.length, 1)
  })

  it('[CMT-2] share a check under way', async () => {
    const { rig, verifier, acts } = await known()
    const bytes = rig.mix(1)
    const all = [inTurn(acts, bytes), inTurn(acts, bytes), acts.judgeNow(bytes)]
    assert.equal(verifier.asked.length, 1)
    verifier.answer(0, true)
    assert.deepEqual((await Promise.all(all.map(async (each) => each))).map(isGood), [true, true, true])
  })

  it('[CMT-2] are waited for by nobody once they are abandoned', async () => {
    const { rig, verifier, acts } = await known()
    const bytes = rig.mix(1)
    const isAbandoned = { name: 'Abandoned' }
    const waiting = [acts.judgeNow(bytes), inTurn(acts, bytes)].map(async (each) => each)
    // One that nobody waits for any more harms nobody.
    void inTurn(acts, rig.mix(2))
    acts.abandon()
    for (const each of waiting) await assert.rejects(each, isAbandoned)
    await assert.rejects(async () => acts.judgeNow(rig.mix(3)), isAbandoned)
    verifier.answer(0, true)
  })

  it('[CMT-3] are hastened when a block waits for a check under way', async () => {
    const { rig, verifier, acts } = await known()
    const [early, late] = [rig.mix(1), rig.mix(2)]
    void inTurn(acts, early)
    void inTurn(acts, late)
    assert.deepEqual(
      verifier.asked.map(({ hastened }) => hastened),
      [false, false],
    )
    void acts.judgeNow(late)
    assert.deepEqual(
      verifier.asked.map(({ hastened }) => hastened),
      [false, true],
    )
    void acts.judgeNow(rig.mix(3))
    assert.deepEqual(
      verifier.asked.map(({ hastened }) => hastened),
      [false, true, true],
    )
  })

  it('[CMT-2] are not remembered with a false signature', async () => {
    const { rig, verifier, acts } = await known()
    const bytes = rig.mix(1)
    const first = acts.judgeNow(bytes)
    verifier.answer(0, false)
    assert.ok(!isGood(await first))
    void acts.judgeNow(bytes)
    assert.equal(verifier.asked.length, 2)
  })

  it('[CMT-2] are known by all their bytes, not by their end', async () => {
    const { rig, verifier, acts } = await known()
    const bytes = rig.mix(1)
    const first = acts.judgeNow(bytes)
    verifier.answer(0, true)
    await first
    const other = Buffer.from(Buffer.from(bytes).toString().replace('"amount":1,', '"amount":2,'))
    assert.notDeepEqual(other, Buffer.from(bytes))
    void acts.judgeNow(other)
    assert.equal(verifier.asked.length, 2, 'another body under the same signature is judged by itself')
  })

  it('[CMT-2] are forgotten after their blocks, and the oldest when there are too many', async () => {
    const { rig, verifier, acts } = await known(2)
    const list = [rig.mix(1), rig.mix(2), rig.mix(3)]
    for (const [at, bytes] of list.entries()) {
      const judged = acts.judgeNow(bytes)
      verifier.answer(at, true)
      await judged
    }
    assert.ok(!(acts.judgeNow(list[2] as Uint8Array) instanceof Promise))
    assert.ok(acts.judgeNow(list[0] as Uint8Array) instanceof Promise)
    acts.forget([list[2] as Uint8Array])
    assert.ok(acts.judgeNow(list[2] as Uint8Array) instanceof Promise)
  })

  it('[CMT-2] take up no more than so many bytes, however few they are', async () => {
    const rig = new Rig()
    const list = [rig.mix(1), rig.mix(2), rig.mix(3)] as const
    const { verifier, acts } = await known(100, list[1].length + list[2].length)
    for (const [at, bytes] of list.entries()) {
      const judged = acts.judgeNow(bytes)
      verifier.answer(at, true)
      await judged
    }
    assert.ok(!(acts.judgeNow(list[1]) instanceof Promise))
    assert.ok(!(acts.judgeNow(list[2]) instanceof Promise))
    assert.ok(acts.judgeNow(list[0]) instanceof Promise)
  })

  it('[CMT-2] are read without being judged, and judged later as they were read', async () => {
    const { rig, verifier, acts } = await known()
    const bytes = rig.mix(1)
    const read = readBy(acts, bytes)
    assert.equal(acts.get(bytes), undefined)
    const other = acts.judgeNow(bytes)
    assert.notEqual(acts.get(bytes), undefined)
    const same = acts.judge(read, 'inTurn')
    assert.equal(verifier.asked.length, 1)
    verifier.answer(0, true)
    assert.equal(await same, await other)
    assert.equal(acts.judge(read, 'inTurn'), await other)
  })

  it('[CMT-2] keep their own bytes: what a socket read may be written over', async () => {
    const { rig, verifier, acts } = await known()
    const original = rig.mix(1)
    const view = original.slice()
    const judged = acts.judgeNow(view)
    verifier.answer(0, true)
    await judged
    view.fill(0)
    assert.ok(!(acts.judgeNow(original) instanceof Promise))
  })

  it('[CMT-2] of a key nobody knows are not judged: admission says so', async () => {
    const { rig, verifier, acts } = await known()
    const judged = acts.judgeNow(rig.mix(1, { ...alice, keyId: '00'.repeat(16) }))
    assert.ok(!(judged instanceof Promise) && !isGood(judged))
    assert.equal(verifier.asked.length, 0)
  })
})
