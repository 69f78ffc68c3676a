import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { SimDisk, seededRandom } from '../../src/seams/index.ts'
import { IntakeLog, type IntakeEntry } from '../../src/store/index.ts'
import { payload } from './tools.ts'

function entry(n: number, expiryMs = 1_000 + n, bytes = 60): IntakeEntry {
  const id = new Uint8Array(32)
  new DataView(id.buffer).setUint32(28, n)
  return { id, expiryMs, tx: payload(n, bytes) }
}

const numberOf = ({ id }: IntakeEntry): number => new DataView(id.buffer, id.byteOffset).getUint32(28)
const numbers = (log: IntakeLog): number[] => log.pending().map(numberOf)
const sorted = (values: Iterable<number>): number[] => [...values].sort((a, b) => a - b)

describe('intake log', () => {
  it('[INT-1] gives back after a power failure every act it called durable, whole', async () => {
    const disk = new SimDisk(1)
    const log = await IntakeLog.open(disk.mount(), 'i')
    const answers = await Promise.all([1, 2, 3].map((n) => log.remember(entry(n))))
    assert.deepEqual(answers, ['durable', 'durable', 'durable'])
    disk.losePower()
    const again = await IntakeLog.open(disk.mount(), 'i')
    assert.deepEqual(again.pending(), [entry(1), entry(2), entry(3)])
    assert.equal(again.pendingBytes, 180)
  })

  it('[INT-1] does not list an act before it is durable', async () => {
    const log = await IntakeLog.open(new SimDisk(1).mount(), 'i')
    const first = log.remember(entry(1))
    assert.deepEqual(numbers(log), [])
    await first
    assert.deepEqual(numbers(log), [1])
  })

  it('[INT-1] keeps an id once, and answers its second sender only when the first is durable', async () => {
    const disk = new SimDisk(1)
    const log = await IntakeLog.open(disk.mount(), 'i')
    disk.conditions.capacityBytes = 100
    const results = await Promise.allSettled([log.remember(entry(1)), log.remember(entry(1))])
    assert.deepEqual(
      results.map(({ status }) => status),
      ['rejected', 'rejected'],
    )
    assert.deepEqual(numbers(log), [])
    assert.equal(log.pendingBytes, 0)
  })

  it('[INT-2] forgets what was settled or has expired, also after closing and opening again', async () => {
    const disk = new SimDisk(2)
    const log = await IntakeLog.open(disk.mount(), 'i')
    for (let n = 1; n <= 5; n++) await log.remember(entry(n))
    log.settle([entry(2).id, entry(99).id])
    log.expire(1_001) // entry 1 may still be in a block of that time
    assert.deepEqual(numbers(log), [1, 3, 4, 5])
    log.expire(1_002)
    assert.deepEqual(numbers(log), [3, 4, 5])
    await log.close()
    const again = await IntakeLog.open(disk.mount(), 'i')
    again.expire(1_002)
    assert.deepEqual(numbers(again), [3, 4, 5])
  })

  it('[INT-2] takes an act again that it had settled, as a new promise', async () => {
    const disk = new SimDisk(2)
    const log = await IntakeLog.open(disk.mount(), 'i')
    await log.remember(entry(1))
    log.settle([entry(1).id])
    await log.remember(entry(1))
    disk.losePower()
    assert.deepEqual(numbers(await IntakeLog.open(disk.mount(), 'i')), [1])
  })

  it('[INT-3] answers full beyond its size, and takes acts again once some are settled', async () => {
    const log = await IntakeLog.open(new SimDisk(3).mount(), 'i', { pendingBytesMax: 150 })
    assert.equal(await log.remember(entry(1)), 'durable')
    assert.equal(await log.remember(entry(2)), 'durable')
    assert.equal(await log.remember(entry(3)), 'full')
    assert.equal(await log.remember(entry(2)), 'durable')
    log.settle([entry(1).id])
    assert.equal(await log.remember(entry(3)), 'durable')
  })

  it('[INT-4] keeps the folder small while acts come and go, even when one stays pending throughout', async () => {
    const disk = new SimDisk(4)
    const log = await IntakeLog.open(disk.mount(), 'i', { segmentBytesMax: 1_000 })
    await log.remember(entry(0, 2 ** 40))
    for (let n = 1; n <= 400; n++) {
      await log.remember(entry(n))
      log.settle([entry(n).id])
    }
    await log.close()
    const files = await disk.mount().list('i')
    assert.ok(files.length <= 5, `${files.length} files`)
    assert.deepEqual(numbers(await IntakeLog.open(disk.mount(), 'i')), [0])
  })

  it('[INT-4] removes segments so that no power failure leaves a gap between those that remain', async () => {
    for (let seed = 0; seed < 30; seed++) {
      const disk = new SimDisk(seed)
      const log = await IntakeLog.open(disk.mount(), 'i', { segmentBytesMax: 200 })
      for (let n = 1; n <= 20; n++) await log.remember(entry(n))
      log.settle(Array.from({ length: 19 }, (_, at) => entry(at + 1).id))
      for (let turns = seed * 3; turns > 0; turns--) await Promise.resolve()
      disk.losePower()
      assert.ok(numbers(await IntakeLog.open(disk.mount(), 'i')).includes(20))
    }
  })

  it('[INT-5] through crashes and compaction loses no promise and invents none (150 seeds)', async () => {
    let compacted = 0
    for (let seed = 0; seed < 150; seed++) {
      const random = seededRandom(seed)
      const disk = new SimDisk(seed)
      const promised = new Set<number>()
      const offered = new Set<number>()
      let made = 0
      for (let life = 0; life < 4; life++) {
        const log = await IntakeLog.open(disk.mount(), 'i', { segmentBytesMax: 400, salt: () => random.below(2 ** 32) })
        const found = new Set(numbers(log))
        for (const n of promised) assert.ok(found.has(n), `seed ${seed}: promised act ${n} is lost`)
        for (const e of log.pending()) {
          assert.ok(offered.has(numberOf(e)), `seed ${seed}: act ${numberOf(e)} was never offered`)
          assert.deepEqual(e, entry(numberOf(e)))
        }
        if (!(await disk.mount().list('i')).includes('0000000000000001.journal')) compacted += 1
        for (let steps = random.below(25); steps > 0; steps--) {
          const n = ++made
          offered.add(n)
          if (random.below(6) === 0) void log.remember(entry(n)).catch(() => undefined)
          else {
            await log.remember(entry(n))
            promised.add(n)
          }
          const settled = sorted(promised).filter(() => random.below(4) === 0)
          log.settle(settled.map((m) => entry(m).id))
          for (const m of settled) promised.delete(m)
        }
        if (random.below(3) === 0) await log.close()
        else disk[random.below(2) === 0 ? 'losePower' : 'killProcess']()
      }
    }
    assert.ok(compacted > 50, `segments were given up in ${compacted} lives`)
  })
})
