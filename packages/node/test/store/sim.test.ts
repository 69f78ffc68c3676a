import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { realClock, SimClock, SimDisk } from '../../src/seams/index.ts'

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const bytes = (value: string): Uint8Array => Buffer.from(value, 'latin1')

/** What file `f` holds after one power failure, over many seeds. */
async function outcomes(prepare: (disk: SimDisk) => Promise<void>): Promise<Set<string>> {
  const found = new Set<string>()
  for (let seed = 0; seed < 300; seed++) {
    const disk = new SimDisk(seed)
    await prepare(disk)
    disk.losePower()
    const mount = disk.mount()
    const names = await mount.list('d')
    if (!names.includes('f')) found.add('no file')
    else found.add(text(await (await mount.open('d/f')).read(0, 100)))
  }
  return found
}

async function file(disk: SimDisk, content: string, syncDir = true) {
  const mount = disk.mount()
  await mount.makeDir('d')
  const opened = await mount.open('d/f')
  if (syncDir) await mount.syncDir('d')
  await opened.write(0, bytes(content))
  return opened
}

describe('simulated disk', () => {
  it('keeps what was synced, whatever happens', async () => {
    const found = await outcomes(async (disk) => (await file(disk, 'abc')).datasync())
    assert.deepEqual([...found], ['abc'])
  })

  it('may lose, tear, or zero what was not synced, and may forget a name', async () => {
    const found = await outcomes(async (disk) => void (await file(disk, 'abc', false)))
    for (const wanted of ['no file', '', 'a', 'ab', 'abc', '\0\0\0'])
      assert.ok(found.has(wanted), JSON.stringify(wanted))
  })

  it('may keep a later write and lose an earlier one', async () => {
    const found = await outcomes(async (disk) => {
      const opened = await file(disk, 'abc')
      await opened.write(3, bytes('def'))
    })
    assert.ok(found.has('\0\0\0def'))
    assert.ok(found.has('abc'))
  })

  it('after a failed sync shows bytes that no later sync writes', async () => {
    const found = await outcomes(async (disk) => {
      const opened = await file(disk, 'abc')
      disk.conditions.errorPpm = 1_000_000
      await assert.rejects(opened.datasync(), { code: 'EIO' })
      disk.conditions.errorPpm = 0
      assert.equal(text(await opened.read(0, 100)), 'abc')
      await opened.datasync()
    })
    assert.ok(found.has(''))
  })

  it('with a rename not yet synced, holds the file under one of its names', async () => {
    const names = new Set<string>()
    for (let seed = 0; seed < 40; seed++) {
      const disk = new SimDisk(seed)
      await (await file(disk, 'abc')).datasync()
      await disk.mount().rename('d/f', 'd/g')
      disk.losePower()
      names.add((await disk.mount().list('d')).join())
    }
    assert.deepEqual([...names].sort(), ['f', 'g'])
  })

  it('writes what fits when it is full, and says so', async () => {
    const disk = new SimDisk(1)
    disk.conditions.capacityBytes = 4
    const opened = await file(disk, 'abc')
    await assert.rejects(opened.write(3, bytes('def')), { code: 'ENOSPC' })
    assert.equal(text(await opened.read(0, 100)), 'abcd')
    assert.equal(await disk.mount().freeBytes('d'), 0)
  })

  it('is dead for a process that was killed, and alive for the next', async () => {
    const disk = new SimDisk(1)
    const mount = disk.mount()
    const opened = await file(disk, 'abc')
    await mount.lock('d/lock')
    await assert.rejects(disk.mount().lock('d/lock'), { code: 'ELOCKED' })
    disk.killProcess()
    await assert.rejects(opened.write(0, bytes('x')), { code: 'EDEAD' })
    await assert.rejects(mount.list('d'), { code: 'EDEAD' })
    await disk.mount().lock('d/lock')
    assert.equal(text(await (await disk.mount().open('d/f')).read(0, 100)), 'abc')
  })

  it('takes its time by the clock it was given', async () => {
    const clock = new SimClock()
    const disk = new SimDisk(1, clock)
    disk.conditions.delayMsMax = 10
    let made = false
    void disk
      .mount()
      .makeDir('d')
      .then(() => (made = true))
    assert.ok((clock.nextMs() ?? 0) > 0)
    await clock.advanceTo(10)
    assert.ok(made)
  })
})

describe('simulated clock', () => {
  it('fires timers in order of time, then of being set, also those set on the way, each at its time', async () => {
    const clock = new SimClock(100)
    const fired: string[] = []
    const note = (name: string) => (): void => void fired.push(`${name}@${clock.nowMs()}`)
    clock.wakeAt(120, note('c'))
    clock.wakeAt(110, note('a'))
    clock.wakeAt(120, note('d'))
    clock.wakeAt(110, () => {
      note('b')()
      clock.wakeAt(115, note('between'))
      clock.wakeAt(90, note('late'))
    })
    const cancel = clock.wakeAt(111, note('cancelled'))
    clock.wakeAt(131, note('beyond'))
    cancel()
    await clock.advanceTo(130)
    assert.deepEqual(fired, ['a@110', 'b@110', 'late@110', 'between@115', 'c@120', 'd@120'])
    assert.equal(clock.nowMs(), 130)
    assert.equal(clock.nextMs(), 131)
    await assert.rejects(clock.advanceTo(129), /back/)
  })

  it('may leap, of which its monotonic side knows nothing', async () => {
    const clock = new SimClock(100)
    const fired: string[] = []
    const note = (name: string) => (): void => void fired.push(`${name}@${clock.nowMs()}`)
    const startMs = clock.monotonicMs()
    clock.wakeAt(1_000, note('wall'))
    clock.wakeAfter(20, note('after'))
    clock.wakeAfter(21, note('cancelled'))()
    clock.leap(5_000)
    assert.deepEqual([clock.nowMs(), clock.monotonicMs() - startMs, fired], [5_100, 0, []])
    await clock.advanceTo(5_110)
    assert.deepEqual(fired, ['wall@5100'])
    clock.leap(-5_000)
    await clock.advanceTo(130)
    assert.deepEqual(fired, ['wall@5100', 'after@120'])
    assert.equal(clock.monotonicMs() - startMs, 30)
  })
})

describe('real clock', () => {
  it('wakes once the time is reached, and not after being cancelled', async () => {
    const startMs = realClock.nowMs()
    realClock.wakeAt(startMs, () => assert.fail('cancelled'))()
    realClock.wakeAt(startMs + 2 ** 40, () => assert.fail('far away'))()
    const wokenMs = await new Promise<number>((resolve) =>
      realClock.wakeAt(startMs + 5, () => resolve(realClock.nowMs())),
    )
    assert.ok(wokenMs >= startMs + 5)
    const monotonicMs = realClock.monotonicMs()
    realClock.wakeAfter(0, () => assert.fail('cancelled'))()
    await new Promise<void>((resolve) => realClock.wakeAfter(1, resolve))
    assert.ok(realClock.monotonicMs() > monotonicMs)
  })
})
