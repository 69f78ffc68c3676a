import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Journal, JournalOptions } from '../../src/store/index.ts'
import { payload, payloads, readAll } from './tools.ts'

/** A place where journals live: opening the same folder twice opens the same journal. */
export interface JournalPlace {
  readonly root: string
  open(dir: string, options?: JournalOptions): Promise<Journal>
  clean(): Promise<void>
}

/** What every journal must do, wherever it keeps its records. */
export function journalContract(name: string, place: () => Promise<JournalPlace>): void {
  const test = (title: string, body: (place: JournalPlace) => Promise<void>): void => {
    it(title, async () => {
      const made = await place()
      await body(made).finally(() => made.clean())
    })
  }

  describe(`journal on ${name}`, () => {
    test('[JRN-1] starts empty and counts records from 1', async (place) => {
      const journal = await place.open(`${place.root}/a`)
      assert.equal(journal.lastIndex, 0)
      assert.deepEqual(await readAll(journal), [])
      assert.equal(await journal.append([payload(1), payload(2)]), 2)
      assert.equal(await journal.append([payload(3)]), 3)
      assert.equal(journal.lastIndex, 3)
      await journal.close()
    })

    test('[JRN-1] gives back what was appended, in order, from any index, also after opening again', async (place) => {
      const options = { segmentBytesMax: 300 }
      const first = await place.open(`${place.root}/a`, options)
      for (let n = 1; n <= 30; n += 3) await first.append(payloads(n, n + 2))
      assert.deepEqual(await readAll(first), payloads(1, 30))
      await first.close()

      const second = await place.open(`${place.root}/a`, options)
      assert.equal(second.lastIndex, 30)
      assert.equal(await second.append([payload(31)]), 31)
      for (let from = 1; from <= 32; from++) assert.deepEqual(await readAll(second, from), payloads(from, 31))
      await second.close()
    })

    test('[JRN-1] keeps empty records and records of a megabyte', async (place) => {
      const large = payload(7, 2 ** 20)
      const journal = await place.open(`${place.root}/a`)
      await journal.append([payload(0, 0), large, payload(0, 0)])
      await journal.close()
      const again = await place.open(`${place.root}/a`)
      assert.deepEqual(await readAll(again), [payload(0, 0), large, payload(0, 0)])
      await again.close()
    })

    test('[JRN-4] answers calls made together in their order, and an empty call after those before it', async (place) => {
      const journal = await place.open(`${place.root}/a`)
      const answers = await Promise.all([
        journal.append(payloads(1, 2)),
        journal.append([]),
        journal.append([payload(3)]),
      ])
      assert.deepEqual(answers, [2, 2, 3])
      assert.deepEqual(await readAll(journal), payloads(1, 3))
      await journal.close()
    })

    test('[JRN-4] shows no record before its append has resolved', async (place) => {
      const journal = await place.open(`${place.root}/a`)
      const pending = journal.append([payload(1)])
      assert.equal(journal.lastIndex, 0)
      assert.equal(journal.queuedBytes, payload(1).length)
      assert.deepEqual(await readAll(journal), [])
      await pending
      assert.equal(journal.queuedBytes, 0)
      await journal.close()
    })

    test('[JRN-1] gives copies: a reader that changes a payload changes nothing else', async (place) => {
      const journal = await place.open(`${place.root}/a`)
      await journal.append(payloads(1, 3))
      for (const read of await readAll(journal)) read.fill(255)
      assert.deepEqual(await readAll(journal), payloads(1, 3))
      await journal.close()
    })

    test('[JRN-11] reads any one record, also while appends go on and after opening again', async (place) => {
      const options = { segmentBytesMax: 300 }
      const first = await place.open(`${place.root}/a`, options)
      for (let n = 1; n <= 30; n += 3) await first.append(payloads(n, n + 2))
      const more = first.append([payload(31)])
      for (let n = 30; n >= 1; n--) assert.deepEqual(await first.read(n), payload(n))
      await more
      assert.deepEqual(await first.read(31), payload(31))
      await first.close()

      const second = await place.open(`${place.root}/a`, options)
      await second.append([payload(32)])
      const reads = Array.from({ length: 32 }, (_, at) => second.read(at + 1))
      assert.deepEqual(await Promise.all(reads), payloads(1, 32))
      await second.close()
    })

    test('[JRN-11] has no record 0, none after the last durable one, and no half ones', async (place) => {
      const journal = await place.open(`${place.root}/a`)
      const pending = journal.append(payloads(1, 2))
      await assert.rejects(journal.read(1), /no record 1/)
      await pending
      for (const index of [0, 3, 1.5, -1, Number.NaN]) await assert.rejects(journal.read(index), /no record/)
      const read = await journal.read(2)
      read.fill(255)
      assert.deepEqual(await journal.read(2), payload(2))
      await journal.close()
    })

    test('[JRN-8] refuses to open a folder that is open, until it is closed', async (place) => {
      const journal = await place.open(`${place.root}/a`)
      await assert.rejects(place.open(`${place.root}/a`), { kind: 'locked' })
      await journal.close()
      await (await place.open(`${place.root}/a`)).close()
    })

    test('[JRN-4] finishes appends under way before it closes, and refuses later ones', async (place) => {
      const journal = await place.open(`${place.root}/a`)
      const pending = journal.append([payload(1)])
      await journal.close()
      assert.equal(await pending, 1)
      await assert.rejects(journal.append([payload(2)]), { kind: 'closed' })
      const again = await place.open(`${place.root}/a`)
      assert.deepEqual(await readAll(again), [payload(1)])
      await again.close()
    })

    test('[JRN-9] copies what is durable while appends go on, into a journal of its own', async (place) => {
      const journal = await place.open(`${place.root}/a`, { segmentBytesMax: 300 })
      await journal.append(payloads(1, 20))
      const [copied] = await Promise.all([journal.copyTo(`${place.root}/b`), journal.append(payloads(21, 25))])
      const copy = await place.open(`${place.root}/b`)
      assert.ok(copied >= 20)
      assert.deepEqual(await readAll(copy), payloads(1, copied))
      assert.equal(await copy.append([payload(99)]), copied + 1)
      assert.deepEqual(await readAll(journal), payloads(1, 25))
      await copy.close()
      await assert.rejects(journal.copyTo(`${place.root}/b`), { kind: 'failed' })
      await journal.close()
    })
  })
}
