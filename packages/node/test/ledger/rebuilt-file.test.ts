import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type DiskFile, SimDisk, seededRandom } from '../../src/seams/index.ts'
import { MemoryFile } from '../../src/ledger/memory-file.ts'
import { RebuiltFile } from '../../src/ledger/rebuilt-file.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

async function contentOf(file: DiskFile): Promise<string> {
  return Buffer.from(await file.read(0, await file.size())).toString()
}

async function fileOf(content: string): Promise<{ file: DiskFile; writes: number[] }> {
  const memory = new MemoryFile()
  await memory.write(0, bytesOf(content))
  const writes: number[] = []
  const file: DiskFile = Object.assign(Object.create(memory) as MemoryFile, {
    size: () => memory.size(),
    read: (offset: number, length: number) => memory.read(offset, length),
    truncate: (size: number) => memory.truncate(size),
    write: (offset: number, bytes: Uint8Array) => {
      writes.push(offset)
      return memory.write(offset, bytes)
    },
  })
  return { file, writes }
}

describe('a file that can be made again', () => {
  for (const [what, left, writtenFrom] of [
    ['is missing', '', 0],
    ['is whole', 'onetwothree', undefined],
    ['is torn', 'onetwothr', 6],
    ['has a wrong byte', 'oneTwothree', 3],
    ['is of another history', 'another history, and a longer one', 0],
  ] as const) {
    it(`[RCP-2] that ${what} is written from the first difference on`, async () => {
      const { file, writes } = await fileOf(left)
      const rebuilt = await RebuiltFile.open('f', file)
      for (const part of ['one', 'two', 'three']) {
        rebuilt.append(bytesOf(part))
        await rebuilt.settle()
      }
      assert.equal(await contentOf(file), 'onetwothree')
      assert.equal(writes[0], writtenFrom)
    })
  }

  it('[RCP-2] is not read beyond what has been made again', async () => {
    const { file } = await fileOf('onetwo, and what is left of another history')
    const rebuilt = await RebuiltFile.open('f', file)
    rebuilt.append(bytesOf('one'))
    assert.deepEqual([rebuilt.written, rebuilt.end], [0, 3])
    await rebuilt.settle()
    assert.deepEqual([rebuilt.written, rebuilt.end], [3, 3])
    rebuilt.append(bytesOf('four'))
    await rebuilt.settle()
    assert.equal(await contentOf(file), 'onefour')
    await assert.rejects(rebuilt.read(3, 5), { name: 'StoreFault', kind: 'damaged', file: 'f', offset: 7 })
  })

  it('[RCP-6] tries again what the disk did not take, and tells who waits', async () => {
    const disk = new SimDisk(1)
    const file = await disk.mount().open('f')
    const rebuilt = await RebuiltFile.open('f', file)
    disk.conditions.capacityBytes = 4
    rebuilt.append(bytesOf('one'))
    rebuilt.append(bytesOf('two'))
    await rebuilt.keepUp()
    await assert.rejects(rebuilt.settle(), { code: 'ENOSPC' })
    assert.deepEqual([rebuilt.written, rebuilt.end], [0, 6])
    const much = new Uint8Array(8 * 1024 * 1024)
    rebuilt.append(much)
    await assert.rejects(rebuilt.keepUp(), { code: 'ENOSPC' })
    disk.conditions.capacityBytes = 2 ** 40
    await rebuilt.keepUp()
    assert.equal(rebuilt.written, 6 + much.length)
    assert.equal(await contentOf(file), `onetwo${'\0'.repeat(much.length)}`)
  })

  it('[RCP-2] is whole after any crash, once all has been appended again', async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = seededRandom(seed)
      const disk = new SimDisk(seed)
      const parts: Uint8Array[] = []
      for (let life = 0; life < 4; life++) {
        const file = await disk.mount().open('f')
        const rebuilt = await RebuiltFile.open('f', file)
        for (const part of parts) {
          rebuilt.append(part)
          for (let turns = random.below(6); turns > 0; turns--) await Promise.resolve()
          if (random.below(3) === 0) await rebuilt.settle()
        }
        await rebuilt.settle()
        const whole = Buffer.concat(parts)
        assert.deepEqual(Buffer.from(await rebuilt.read(0, whole.length)), whole, `seed ${seed}`)
        for (let more = random.below(6); more > 0; more--) {
          const part = new Uint8Array(random.below(3_000)).fill(random.below(256))
          parts.push(part)
          rebuilt.append(part)
          if (random.below(2) === 0) await rebuilt.settle()
        }
        if (random.below(2) === 0) disk.killProcess()
        else disk.losePower()
      }
    }
  })
})

it('a file in memory is a file', async () => {
  const file = new MemoryFile()
  const bytes = Uint8Array.from({ length: 700_000 }, (_, at) => at % 251)
  await file.write(0, bytes.subarray(0, 300_000))
  await file.write(250_000, bytes.subarray(250_000))
  assert.equal(await file.size(), 700_000)
  assert.deepEqual(await file.read(0, 1_000_000), bytes)
  assert.deepEqual(await file.read(262_000, 300_000), bytes.subarray(262_000, 562_000))
  await file.truncate(10)
  assert.deepEqual(await file.read(4, 100), bytes.subarray(4, 10))
  assert.deepEqual(await file.read(20, 5), new Uint8Array())
})
