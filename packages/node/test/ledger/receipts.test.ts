import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { verifyInclusion } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { type Disk, SimDisk } from '../../src/seams/index.ts'
import { eventsOf } from '../../src/ledger/index.ts'
import type { Stored } from '../../src/service/index.ts'
import { NOTHING, Recording, growLedger, newLedger } from './recorded-rig.ts'

const { sha256 } = nodeCrypto
const RECORDS = 'node/receipts/records'
const LEAVES = 'node/receipts/leaves'

/** Changes one byte of a file behind the node's back. */
async function flip(disk: Disk, path: string, offset: number): Promise<void> {
  const file = await disk.open(path)
  const [byte] = await file.read(offset, 1)
  await file.write(offset, Uint8Array.of((byte as number) ^ 1))
}

/** All that anybody could ask, held against what was recorded. */
async function demandAll({ receipts, ledger, all }: Recording, first = 0): Promise<void> {
  assert.deepEqual([receipts.firstIndex, receipts.size], [first, first + all.length])
  const listed = await receipts.range(first, receipts.size + 10)
  assert.deepEqual(
    listed.map(plain),
    all.map(({ receipt, events }) => ({ receipt, events })),
  )
  for (const [at, { receipt, bytes, leaf }] of all.entries()) {
    const stored = await receipts.byId(receipt.id)
    assert.deepEqual(stored?.receiptBytes, bytes)
    assert.deepEqual((await receipts.at(first + at))?.receipt, receipt)
    assert.ok(receipts.mayHold(receipt.id))
    const path = await receipts.inclusionProof(receipt.index, receipts.size)
    const root = await rootOf(ledger)
    assert.ok(verifyInclusion(sha256, leaf, receipt.index, receipts.size, path, root))
  }
}

const plain = (stored: Stored) => ({ receipt: stored.receipt, events: eventsOf(stored) })

/** Of a ledger that executes the same and forgets nothing. */
async function rootOf({ tip, receiptLog }: ReturnType<typeof newLedger>): Promise<Uint8Array> {
  const other = wholeLedger(tip.height)
  return other.receiptLog.rootAt(receiptLog.size)
}

const ledgers = new Map<number, ReturnType<typeof newLedger>>()

function wholeLedger(height: number): ReturnType<typeof newLedger> {
  const known = ledgers.get(height)
  if (known !== undefined) return known
  const ledger = newLedger()
  for (let at = 0; at < height; at++) growLedger(ledger, 1 + (at % 3))
  ledgers.set(height, ledger)
  return ledger
}

describe('the receipts of a ledger', () => {
  it('[RCP-4] are the same from the files as from memory, with their proofs', async () => {
    const recording = await Recording.open(new SimDisk(1).mount())
    await recording.grow(300)
    assert.equal(recording.ledger.receiptLog.group(0), undefined, 'the log has forgotten')
    await demandAll(recording)
    const much = { receiptBytesKept: 2 ** 30, leavesKept: 1_000 }
    const remembering = await Recording.open(new SimDisk(1).mount(), much)
    await remembering.grow(300)
    assert.notEqual(remembering.ledger.receiptLog.group(0), undefined)
    const { size } = recording.receipts
    assert.deepEqual(await recording.receipts.range(0, size), await remembering.receipts.range(0, size))
    const height = 200
    const ofBlock = await recording.receipts.ofBlock(height)
    assert.deepEqual(ofBlock, await remembering.receipts.ofBlock(height))
    assert.deepEqual(
      ofBlock.map(({ receipt, position }) => [receipt.height, position]),
      [
        [height, 0],
        [height, 1],
      ],
    )
    assert.deepEqual(await recording.receipts.ofBlock(1_000), [])
  })

  it('[RCP-5] of an id that is not on record is none, also when it begins as another does', async () => {
    const recording = await Recording.open(new SimDisk(1).mount())
    await recording.grow(3)
    const id = recording.all[0]?.receipt.id as string
    const alike = id.slice(0, 16) + '0'.repeat(48)
    assert.deepEqual([recording.receipts.mayHold(alike), await recording.receipts.byId(alike)], [true, undefined])
    const other = '0'.repeat(64)
    assert.deepEqual([recording.receipts.mayHold(other), await recording.receipts.byId(other)], [false, undefined])
    assert.equal(await recording.receipts.at(-1), undefined)
    assert.equal(await recording.receipts.at(recording.receipts.size), undefined)
  })

  it('[RCP-4] are in memory until they are in the file, and those of the newest block always', async () => {
    const disk = new SimDisk(1)
    const recording = await Recording.open(disk.mount())
    await recording.grow(4)
    const full = disk.names.usedBytes()
    disk.conditions.capacityBytes = full
    // More than a group of leaves.
    for (let block = 0; block < 160; block++) await assert.rejects(recording.grow(1), { code: 'ENOSPC' })
    await demandAll(recording)
    disk.conditions.capacityBytes = 2 ** 40
    await recording.written()
    disk.killProcess()
    const newest = recording.all.at(-1)?.receipt
    assert.deepEqual((await recording.receipts.at(recording.receipts.size - 1))?.receipt, newest)
    await assert.rejects(recording.receipts.at(0), { code: 'EDEAD' })
  })

  it('[RCP-3] that were changed in the file are not given, whatever byte it is; all else is', async () => {
    const disk = new SimDisk(1)
    const recording = await Recording.open(disk.mount())
    await recording.grow(3)
    const { records } = recording.files
    // The first block has one receipt: its head, its bytes, its events. The position is checked by who uses it.
    const end = 12 + (recording.all[0]?.bytes.length ?? 0) + (recording.all[0]?.eventsText.length ?? 0)
    for (let offset = 4; offset < end; offset++) {
      await flip(disk.mount(), RECORDS, offset)
      await assert.rejects(
        recording.receipts.at(0),
        { name: 'StoreFault', kind: 'damaged', file: RECORDS },
        `${offset}`,
      )
      assert.equal((await recording.receipts.at(1))?.receipt.index, 1)
      await flip(disk.mount(), RECORDS, offset)
    }
    assert.equal((await recording.receipts.at(0))?.receipt.index, 0)
    const file = await disk.mount().open(RECORDS)
    await file.truncate(records.written - 1)
    assert.equal((await recording.receipts.at(0))?.receipt.index, 0)
    await file.truncate(20)
    await assert.rejects(recording.receipts.at(0), { kind: 'damaged', offset: 20 })
  })

  it('[RCP-3] have no proof from leaves that were changed', async () => {
    const disk = new SimDisk(1)
    const recording = await Recording.open(disk.mount())
    await recording.grow(200)
    await flip(disk.mount(), LEAVES, 32 * 200 + 3)
    const { size } = recording.receipts
    await assert.rejects(recording.receipts.inclusionProof(7, size), { kind: 'damaged', file: LEAVES, offset: 0 })
    await assert.rejects(recording.receipts.at(7), /leaves 0 to 255 are not those of the log; it is made anew/)
    assert.equal((await recording.receipts.inclusionProof(size - 1, size)).length > 0, true)
  })

  for (const [what, damage] of [
    ['deleted', async (disk: Disk) => (await disk.remove(RECORDS), disk.remove(LEAVES))],
    [
      'torn',
      async (disk: Disk) => (await (await disk.open(RECORDS)).truncate(3_333), (await disk.open(LEAVES)).truncate(50)),
    ],
    ['changed', async (disk: Disk) => (await flip(disk, RECORDS, 4_000), flip(disk, LEAVES, 100))],
    ['longer', async (disk: Disk) => (await disk.open(RECORDS)).write(2 ** 20, Uint8Array.of(1))],
  ] as const) {
    it(`[RCP-2] whose files were ${what} are made again at the next start`, async () => {
      const disk = new SimDisk(1)
      const before = await Recording.open(disk.mount())
      await before.grow(100)
      await damage(disk.mount())
      const again = await Recording.open(disk.mount())
      await again.grow(101)
      await demandAll(again)
    })
  }

  it('[SNF-8] of a node that joined later begin at the count it joined at, and older places can be proved', async () => {
    const ledger = newLedger()
    for (let at = 0; at < 200; at++) growLedger(ledger, 1 + (at % 3))
    const { size } = ledger.receiptLog
    const recording = await Recording.open(new SimDisk(1).mount(), NOTHING, ledger)
    await recording.grow(200)
    assert.equal(recording.receipts.firstIndex, size)
    assert.equal(ledger.receiptLog.group(0), undefined)
    await demandAll(recording, size)
    assert.equal(await recording.receipts.at(size - 1), undefined)
    const whole = wholeLedger(400).receiptLog
    assert.deepEqual(await recording.receipts.inclusionProof(3, whole.size), whole.inclusionProof(3, whole.size))
    assert.deepEqual(await recording.receipts.leaves(100, 700), whole.leaves(100, 700))
  })

  it('[RCP-7] are read with one reading a record, so many at once', async () => {
    const disk = new SimDisk(1)
    const mount = disk.mount()
    const reads: string[] = []
    const counting: Disk = {
      ...Object.fromEntries(
        ['makeDir', 'list', 'remove'].map((name) => [name, (path: string) => mount[name as 'list'](path)]),
      ),
      open: async (path: string) => {
        const file = await mount.open(path)
        const read = file.read.bind(file)
        return Object.assign(file, {
          read: (offset: number, length: number) => (reads.push(path), read(offset, length)),
        })
      },
    } as unknown as Disk
    const recording = await Recording.open(counting)
    await recording.grow(3)
    reads.length = 0
    // The second block has two.
    assert.equal((await recording.receipts.range(1, 3)).length, 2)
    assert.deepEqual(reads, [RECORDS, RECORDS])
  })
})
