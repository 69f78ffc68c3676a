import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { SimDisk } from '../../src/seams/index.ts'
import { openJournal, StoreFault } from '../../src/store/index.ts'
import { assertSame, contentOf, payload, payloads, plant, readAll, smallSegments } from './tools.ts'

const RECORDS = 30
const HEADER_BYTES = 24
const FRAME_BYTES = 32
const FIRST = '0000000000000001.journal'

const long = process.env['DUJIANG_LONG'] === '1'

type Files = ReadonlyMap<string, Uint8Array>

/** A journal of 30 records in 10 batches as its files hold it, closed properly or by a kill. */
async function written(options: { seed: number; oneSegment: boolean; closed: boolean }): Promise<Files> {
  const disk = new SimDisk(options.seed)
  const small = smallSegments(options.seed)
  const journal = await openJournal(
    disk.mount(),
    'j',
    options.oneSegment ? { ...small, segmentBytesMax: 2 ** 20 } : small,
  )
  for (let n = 1; n <= RECORDS; n += 3) await journal.append(payloads(n, n + 2))
  if (options.closed) await journal.close()
  else disk.killProcess()
  const files = new Map<string, Uint8Array>()
  for (const name of await disk.mount().list('j'))
    if (name !== 'lock') files.set(name, await contentOf(disk, `j/${name}`))
  return files
}

async function diskOf(files: Files): Promise<SimDisk> {
  const disk = new SimDisk(0)
  await disk.mount().makeDir('j')
  for (const [name, bytes] of files) await plant(disk, `j/${name}`, bytes)
  return disk
}

/** Opens and reads everything: the records, or the fault. */
async function reopened(files: Files): Promise<Uint8Array[] | StoreFault> {
  const disk = await diskOf(files)
  try {
    const journal = await openJournal(disk.mount(), 'j')
    const records = await readAll(journal)
    assert.equal(journal.lastIndex, records.length)
    return records
  } catch (fault) {
    if (!(fault instanceof StoreFault)) throw fault
    for (const [name, bytes] of files)
      assert.deepEqual(await contentOf(disk, `j/${name}`), bytes, 'damage is left as it is')
    return fault
  }
}

function only(files: Files): [string, Uint8Array] {
  const [entry] = files
  assert.ok(entry !== undefined && files.size === 1)
  return entry
}

const with_ = (files: Files, name: string, bytes: Uint8Array): Files => new Map([...files, [name, bytes]])

function flipped(bytes: Uint8Array, at: number, bit: number): Uint8Array {
  const copy = bytes.slice()
  copy[at] = (copy[at] ?? 0) ^ (1 << bit)
  return copy
}

/** Where each record's frame ends, for a journal in one segment. */
function frameEnds(): number[] {
  let end = HEADER_BYTES
  return payloads(1, RECORDS).map((bytes) => (end += FRAME_BYTES + bytes.length))
}

describe('a journal whose files were cut or changed', () => {
  it('[JRN-6] cut at any byte, opens with exactly the records that are whole, and goes on', async () => {
    const [name, bytes] = only(await written({ seed: 1, oneSegment: true, closed: false }))
    const ends = frameEnds()
    assert.equal(bytes.length, ends.at(-1))
    for (let cut = 0; cut <= bytes.length; cut++) {
      const whole = ends.filter((end) => end <= cut).length
      const disk = await diskOf(new Map([[name, bytes.subarray(0, cut)]]))
      const journal = await openJournal(disk.mount(), 'j')
      assertSame(await readAll(journal), payloads(1, whole), `cut at ${cut}`)
      if (cut % 8 !== 0 && !long) continue
      assert.equal(await journal.append([payload(77)]), whole + 1)
      disk.losePower()
      assertSame(
        await readAll(await openJournal(disk.mount(), 'j')),
        [...payloads(1, whole), payload(77)],
        `cut at ${cut}`,
      )
    }
  })

  it('[JRN-6] with the rest of the file zeroed from any byte, opens with the records that are whole', async () => {
    const [name, bytes] = only(await written({ seed: 2, oneSegment: true, closed: false }))
    const ends = frameEnds()
    for (let from = HEADER_BYTES; from <= bytes.length; from++) {
      const zeroed = bytes.slice().fill(0, from)
      const records = await reopened(new Map([[name, zeroed]]))
      // A frame that ends in zeros anyway may survive losing its end; one that does not may not.
      const whole = ends.filter((end) => zeroed.subarray(0, end).every((byte, at) => byte === bytes[at])).length
      assertSame(records, payloads(1, whole), `zeros from ${from}`)
    }
  })

  it('[JRN-6] with any one bit changed after a proper close, names the file and the record, or has lost nothing', async () => {
    const [name, bytes] = only(await written({ seed: 3, oneSegment: true, closed: true }))
    const ends = frameEnds()
    const sealAt = ends.at(-1) ?? 0
    for (let at = 0; at < bytes.length; at++) {
      for (const bit of long ? [0, 1, 2, 3, 4, 5, 6, 7] : [at % 8]) {
        const result = await reopened(new Map([[name, flipped(bytes, at, bit)]]))
        if (at >= sealAt) assertSame(result, payloads(1, RECORDS), `bit ${bit} of byte ${at}`)
        else {
          assert.ok(result instanceof StoreFault, `bit ${bit} of byte ${at}`)
          assert.equal(result.kind, 'damaged')
          assert.equal(result.file, `j/${name}`)
          assert.equal(result.offset, at < HEADER_BYTES ? 0 : [HEADER_BYTES, ...ends].findLast((end) => end <= at))
        }
      }
    }
  })

  it('[JRN-6] with any one bit changed after a kill, loses at most the last batch, and never quietly anything before it', async () => {
    const [name, bytes] = only(await written({ seed: 4, oneSegment: true, closed: false }))
    const lastBatchAt = frameEnds()[RECORDS - 4] ?? 0
    for (let at = 0; at < bytes.length; at++) {
      const result = await reopened(new Map([[name, flipped(bytes, at, at % 8)]]))
      if (at < lastBatchAt) assert.ok(result instanceof StoreFault, `byte ${at}`)
      else assertSame(result, payloads(1, frameEnds().filter((end) => end <= at).length), `byte ${at}`)
    }
  })

  it('[JRN-6] in several segments: any bit changed or byte missing before the last segment is a fault', async () => {
    const files = await written({ seed: 5, oneSegment: false, closed: false })
    const names = [...files.keys()]
    assert.ok(names.length > 3)
    for (const name of names.slice(0, -1)) {
      const bytes = files.get(name) ?? new Uint8Array()
      for (let at = 0; at < bytes.length; at++) {
        const both = [flipped(bytes, at, at % 8), bytes.subarray(0, at)]
        for (const changed of long ? both : both.slice(at % 2, (at % 2) + 1)) {
          const result = await reopened(with_(files, name, changed))
          assert.ok(result instanceof StoreFault && result.kind === 'damaged', `${name} byte ${at}`)
          assert.equal(result.file, `j/${name}`)
        }
      }
    }
  })

  it('[JRN-3] a segment that is missing or belongs to another journal is a fault', async () => {
    const files = await written({ seed: 6, oneSegment: false, closed: true })
    const others = await written({ seed: 7, oneSegment: false, closed: true })
    const names = [...files.keys()]
    assert.deepEqual([...others.keys()], names)
    for (const [at, name] of names.entries()) {
      const without = new Map([...files].filter(([other]) => other !== name))
      // The last one gone leaves a shorter journal that is whole: JRN-10.
      if (at < names.length - 1) assert.ok((await reopened(without)) instanceof StoreFault, `without ${name}`)
    }
    const [first, second] = names
    assert.ok(first !== undefined && second !== undefined)
    const renamed = with_(files, second, files.get(first) ?? new Uint8Array())
    assert.ok((await reopened(renamed)) instanceof StoreFault)
    const changed = await written({ seed: 6, oneSegment: true, closed: true })
    assert.ok((await reopened(with_(files, first, only(changed)[1]))) instanceof StoreFault)
  })

  it('[JRN-11] a record read by itself is a fault when a bit of its own frame has changed, and only then', async () => {
    const disk = await diskOf(await written({ seed: 5, oneSegment: true, closed: true }))
    const journal = await openJournal(disk.mount(), 'j', { segmentBytesMax: 2 ** 20 })
    const path = `j/${FIRST}`
    const bytes = await contentOf(disk, path)
    let begin = HEADER_BYTES
    for (let n = 1; n <= RECORDS; n++) {
      const end = begin + FRAME_BYTES + payload(n).length
      const changed = bytes.slice()
      changed[begin + ((n * 13) % (end - begin))] = (changed[begin + ((n * 13) % (end - begin))] as number) ^ 4
      await plant(disk, path, changed)
      await assert.rejects(journal.read(n), { kind: 'damaged', file: path, offset: begin })
      for (const other of [n - 1, n + 1]) {
        if (other >= 1 && other <= RECORDS) assert.deepEqual(await journal.read(other), payload(other))
      }
      begin = end
    }
    await plant(disk, path, bytes.subarray(0, begin - 1))
    await assert.rejects(journal.read(RECORDS), { kind: 'damaged' })
    await plant(disk, path, bytes)
    await journal.close()
  })

  it('[JRN-2] a record in the place of another is a fault', async () => {
    const disk = new SimDisk(8)
    const journal = await openJournal(disk.mount(), 'j', { salt: () => 8 })
    for (let n = 1; n <= 6; n++) await journal.append([payload(n, 20)])
    await journal.close()
    const bytes = await contentOf(disk, `j/${FIRST}`)
    const frame = (n: number): Uint8Array => bytes.slice(HEADER_BYTES + 52 * (n - 1), HEADER_BYTES + 52 * n)
    const put = (at: number, source: number): Uint8Array => {
      const copy = bytes.slice()
      copy.set(frame(source), HEADER_BYTES + 52 * (at - 1))
      return copy
    }
    for (let at = 1; at <= 6; at++) {
      for (let source = 1; source <= 6; source++) {
        if (at === source) continue
        const result = await reopened(new Map([[FIRST, put(at, source)]]))
        assert.ok(result instanceof StoreFault && result.kind === 'damaged', `record ${source} in the place of ${at}`)
        assert.equal(result.offset, HEADER_BYTES + 52 * (at - 1))
      }
    }
  })

  it('[JRN-2] a record of the same index and length from another past is a fault', async () => {
    const pasts: Uint8Array[] = []
    for (const shift of [0, 100]) {
      const disk = new SimDisk(11)
      const journal = await openJournal(disk.mount(), 'j', { salt: () => 11 })
      for (let n = 1; n <= 4; n++) await journal.append([payload(n + shift, 20)])
      await journal.close()
      pasts.push(await contentOf(disk, `j/${FIRST}`))
    }
    const [bytes, other] = pasts
    assert.ok(bytes !== undefined && other !== undefined)
    bytes.set(other.subarray(HEADER_BYTES + 52, HEADER_BYTES + 104), HEADER_BYTES + 52)
    const result = await reopened(new Map([[FIRST, bytes]]))
    assert.ok(result instanceof StoreFault && result.offset === HEADER_BYTES + 52)
  })

  it('[JRN-6] a segment is whole once the next one exists, even an empty one: a tear in it is damage', async () => {
    const files = await written({ seed: 12, oneSegment: false, closed: false })
    const [[last, bytes] = ['', new Uint8Array()], [previous, whole] = ['', new Uint8Array()]] = [...files].reverse()
    const empty = with_(files, last, bytes.subarray(0, HEADER_BYTES))
    assert.ok(Array.isArray(await reopened(empty)))
    const without = new Map([...empty].filter(([name]) => name !== previous))
    for (const files of [with_(empty, previous, whole.subarray(0, -1)), without]) {
      const result = await reopened(files)
      assert.ok(result instanceof StoreFault && result.kind === 'damaged')
    }
  })

  it('[JRN-3] a payload that looks like a later record cannot turn a torn tail into damage', async () => {
    // The best forgery: a real frame of another journal, one that claims a great deal to be durable.
    const [, other] = only(await written({ seed: 9, oneSegment: true, closed: true }))
    const forged = other.slice(-FRAME_BYTES)
    const disk = new SimDisk(10)
    const journal = await openJournal(disk.mount(), 'j', { salt: () => 10 })
    await journal.append([payload(1)])
    await journal.append([new Uint8Array([...payload(2, 10), ...forged, ...payload(3, 10)])])
    disk.killProcess()
    const bytes = await contentOf(disk, `j/${FIRST}`)
    assert.deepEqual(await reopened(new Map([[FIRST, bytes.subarray(0, -1)]])), [payload(1)])
  })
})
