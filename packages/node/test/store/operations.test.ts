import { describe, it } from 'node:test'
import fc from 'fast-check'
import { SimDisk } from '../../src/seams/index.ts'
import { openJournal } from '../../src/store/index.ts'
import { assertSame, payload, readAll, smallSegments } from './tools.ts'

const operation = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('append'), sizes: fc.array(fc.nat(200), { maxLength: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('read'), from: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('close', 'kill', 'losePower', 'copy') }) },
) as fc.Arbitrary<
  | { do: 'append'; sizes: number[] }
  | { do: 'read'; from: number }
  | { do: 'close' }
  | { do: 'kill' }
  | { do: 'losePower' }
  | { do: 'copy' }
>

describe('a journal under any sequence of operations', () => {
  it('[JRN-1] holds exactly what was appended, as a list would', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.array(operation, { maxLength: 25 }), async (seed, operations) => {
        const disk = new SimDisk(seed)
        const model: Uint8Array[] = []
        const open = () => openJournal(disk.mount(), 'j', smallSegments(seed))
        let journal = await open()
        for (const [step, op] of operations.entries()) {
          if (op.do === 'append') {
            const batch = op.sizes.map((bytes, at) => payload(step * 4 + at, bytes))
            model.push(...batch)
            if ((await journal.append(batch)) !== model.length) throw new Error('append answered another index')
          } else if (op.do === 'read') {
            assertSame(await readAll(journal, op.from), model.slice(Math.max(0, op.from - 1)), 'read')
          } else if (op.do === 'copy') {
            await journal.copyTo(`copy-${step}`)
            assertSame(await readAll(await openJournal(disk.mount(), `copy-${step}`)), model, 'copy')
          } else {
            if (op.do === 'close') await journal.close()
            else disk[op.do === 'kill' ? 'killProcess' : 'losePower']()
            journal = await open()
          }
        }
        assertSame(await readAll(journal), model, 'at the end')
      }),
      { numRuns: process.env['DUJIANG_LONG'] === '1' ? 5_000 : 150 },
    )
  })
})
