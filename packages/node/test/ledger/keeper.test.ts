import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Ledger } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { trivialApp } from '@dujiang/testing/trivial'
import { SealedKeeper, readRecord, writeRecord } from '../../src/ledger/index.ts'
import { MemoryJournals, openJournal } from '../../src/store/index.ts'
import { Turns } from '../../src/ledger/turns.ts'
import { Rig } from '../engine/rig.ts'

/** The records of a ledger of some blocks. */
async function recordsOf(rig: Rig): Promise<Uint8Array[]> {
  const node = await rig.open()
  for (const amount of [1, 2, 3]) await node.submitMany([rig.mix(amount), rig.mix(amount + 10)])
  await node.close()
  const journal = await openJournal(rig.mount(), 'node/journal')
  const records: Uint8Array[] = []
  for await (const { payload } of journal.records()) records.push(payload)
  await journal.close()
  return records
}

async function replay(rig: Rig, records: readonly Uint8Array[]): Promise<SealedKeeper> {
  const journal = await new MemoryJournals().open('journal')
  await journal.append(records)
  return SealedKeeper.open(new Ledger(trivialApp(), nodeCrypto, rig.genesisBytes), journal)
}

describe('the record of a block', () => {
  it('[REC-1] has one form, which reading gives back', async () => {
    for (const record of await recordsOf(new Rig())) {
      const block = readRecord(record)
      assert.ok(typeof block !== 'string')
      assert.deepEqual(Buffer.from(writeRecord(block)), Buffer.from(record))
    }
  })

  it('[REC-1] is refused with a reason when it is cut anywhere', async () => {
    const [record] = await recordsOf(new Rig())
    assert.ok(record !== undefined)
    const whole = readRecord(record)
    assert.ok(typeof whole !== 'string')
    for (let length = 0; length < record.length; length++) {
      const block = readRecord(record.subarray(0, length))
      assert.ok(typeof block === 'string' || block.txs.length < whole.txs.length, `${length} bytes`)
    }
  })
})

describe('recovery', () => {
  it('[KEEP-3] refuses a journal with a changed byte, naming the block', async () => {
    const rig = new Rig()
    const records = await recordsOf(rig)
    const last = (records[2] as Uint8Array).length
    for (let at = 0; at < last; at += 31) {
      const changed = records.map((record, index) => {
        const copy = record.slice()
        if (index === 2) copy[at] = (copy[at] as number) ^ 1
        return copy
      })
      await assert.rejects(replay(rig, changed), /journal: block 3: /, `byte ${at}`)
    }
  })

  it('[KEEP-3] refuses a journal with a block left out, twice or out of order', async () => {
    const rig = new Rig()
    const [one, two, three] = (await recordsOf(rig)) as [Uint8Array, Uint8Array, Uint8Array]
    await assert.rejects(replay(rig, [one, three]), /journal: block 2: /)
    await assert.rejects(replay(rig, [one, one]), /journal: block 2: /)
    await assert.rejects(replay(rig, [two]), /journal: block 1: /)
    assert.equal((await replay(rig, [one, two])).ledger.tip.height, 2)
  })
})

describe('reading old blocks', () => {
  it('[KEEP-5] does so many at once, the others in their turn, also when some fail', async () => {
    const turns = new Turns(2)
    const begun: number[] = []
    const gates = [0, 1, 2, 3, 4].map(() => Promise.withResolvers<number>())
    const works = gates.map((gate, n) =>
      turns.take(() => {
        begun.push(n)
        return gate.promise
      }),
    )
    const outcomes = Promise.allSettled(works)
    const turn = () => new Promise(setImmediate)
    await turn()
    assert.deepEqual(begun, [0, 1])
    gates[1]?.reject(new Error('failed'))
    await turn()
    assert.deepEqual(begun, [0, 1, 2])
    for (const [n, gate] of gates.entries()) gate.resolve(n)
    assert.deepEqual(
      (await outcomes).map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled'],
    )
    assert.deepEqual(begun, [0, 1, 2, 3, 4])
    assert.equal(await turns.take(async () => 7), 7)
  })
})
