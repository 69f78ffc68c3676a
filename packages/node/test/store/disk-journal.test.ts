import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { createInterface } from 'node:readline'
import { describe, it } from 'node:test'
import { realDisk, SimDisk, type Disk } from '../../src/seams/index.ts'
import { openJournal, StoreFault } from '../../src/store/index.ts'
import { payload, payloads, readAll, smallSegments } from './tools.ts'

/** A disk that counts its syncs of files, and the bytes read from them. */
function counting(disk: Disk): { disk: Disk; syncs: () => number; bytesRead: () => number } {
  let syncs = 0
  let bytesRead = 0
  const open: Disk['open'] = async (path) => {
    const file = await disk.open(path)
    const datasync = file.datasync.bind(file)
    file.datasync = () => {
      syncs += 1
      return datasync()
    }
    const read = file.read.bind(file)
    file.read = async (offset, length) => {
      const bytes = await read(offset, length)
      bytesRead += bytes.length
      return bytes
    }
    return file
  }
  return {
    disk: new Proxy(disk, { get: (target, key) => (key === 'open' ? open : bound(target, key)) }),
    syncs: () => syncs,
    bytesRead: () => bytesRead,
  }
}

function bound(target: Disk, key: string | symbol): unknown {
  const value: unknown = Reflect.get(target, key)
  return typeof value === 'function' ? value.bind(target) : value
}

describe('a journal on a disk', () => {
  it('[JRN-4] one sync serves all calls that arrive while another is running', async () => {
    const { disk, syncs } = counting(new SimDisk(1).mount())
    const journal = await openJournal(disk, 'j')
    const before = syncs()
    const first = journal.append([payload(1)])
    await Promise.resolve()
    await Promise.all([first, ...payloads(2, 100).map((bytes) => journal.append([bytes]))])
    assert.equal(syncs() - before, 2)
    await journal.close()
  })

  it('[JRN-4] a batch takes no further calls once it has reached its size', async () => {
    const { disk, syncs } = counting(new SimDisk(1).mount())
    const journal = await openJournal(disk, 'j', { batchBytesMax: 100 })
    const before = syncs()
    await Promise.all(payloads(1, 10).map((_, at) => journal.append([payload(at, 50)])))
    assert.equal(syncs() - before, 5)
    await journal.close()
  })

  it('[JRN-11] a record costs the reading of its own frame, after a first look at its segment', async () => {
    const sim = new SimDisk(1)
    const first = await openJournal(sim.mount(), 'j', { segmentBytesMax: 5_000 })
    for (let n = 0; n < 300; n++) await first.append([payload(n, 50)])
    await first.close()
    const { disk, bytesRead } = counting(sim.mount())
    const journal = await openJournal(disk, 'j', { segmentBytesMax: 5_000 })
    for (const looked of [false, true]) {
      const before = bytesRead()
      for (let n = 1; n <= 60; n++) await journal.read(n)
      assert.equal(bytesRead() - before, 60 * (50 + 32) + (looked ? 0 : 5_026))
    }
    await readAll(journal)
    const before = bytesRead()
    for (let n = 1; n <= 300; n++) await journal.read(n)
    assert.ok(bytesRead() - before <= 300 * (50 + 32) + 32)
    await journal.close()
  })

  it('[JRN-5] a full disk refuses this append and all later ones, loses nothing, and goes on once there is room', async () => {
    const disk = new SimDisk(2)
    const journal = await openJournal(disk.mount(), 'j')
    await journal.append(payloads(1, 5))
    disk.conditions.capacityBytes = 500
    const results = await Promise.allSettled([journal.append([payload(6, 400)]), journal.append([payload(7, 1)])])
    for (const result of results) {
      assert.ok(result.status === 'rejected' && result.reason instanceof StoreFault && result.reason.kind === 'failed')
      assert.equal((result.reason.cause as NodeJS.ErrnoException).code, 'ENOSPC')
    }
    assert.equal(journal.queuedBytes, 0)
    disk.conditions.capacityBytes = 2 ** 40
    await assert.rejects(journal.append([payload(7, 1)]), { kind: 'failed' })
    assert.deepEqual(await readAll(journal), payloads(1, 5))
    await journal.close()
    const again = await openJournal(disk.mount(), 'j')
    assert.deepEqual(await readAll(again), payloads(1, 5))
    assert.equal(await again.append([payload(8)]), 6)
    await again.close()
  })

  it('[JRN-9] a finished copy survives a power failure; an unfinished one has no name', async () => {
    for (let seed = 0; seed < 40; seed++) {
      const disk = new SimDisk(seed)
      const journal = await openJournal(disk.mount(), 'j', smallSegments(seed))
      await journal.append(payloads(1, 12))
      if (seed % 2 === 0) {
        assert.equal(await journal.copyTo('backup'), 12)
        disk.losePower()
        assert.deepEqual(await readAll(await openJournal(disk.mount(), 'backup')), payloads(1, 12))
      } else {
        const copy = journal.copyTo('backup').catch((cause: unknown) => cause)
        for (let turns = seed; turns > 0; turns--) await Promise.resolve()
        disk.losePower()
        assert.ok((await copy) instanceof Error)
        assert.deepEqual(await disk.mount().list('backup'), [])
      }
    }
  })

  it('[JRN-9] refuses to copy what does not fit, and leaves no folder of that name', async () => {
    const disk = new SimDisk(3)
    const journal = await openJournal(disk.mount(), 'j')
    await journal.append([payload(1, 1000)])
    disk.conditions.capacityBytes = 2000
    await assert.rejects(journal.copyTo('backup'), { kind: 'failed' })
    assert.deepEqual(await disk.mount().list('backup'), [])
    await journal.close()
  })

  it('[JRN-8] after kill -9 the next process opens at once and finds what was acknowledged', async () => {
    const dir = await mkdtemp(`${tmpdir()}/dujiang-journal-`)
    try {
      const child = spawn(process.execPath, [`${import.meta.dirname}/appender.ts`, dir], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const ended = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)))
      let acknowledged = 0
      for await (const line of createInterface(child.stdout)) {
        acknowledged = Number(line)
        if (acknowledged === 50) await assert.rejects(openJournal(realDisk, dir), { kind: 'locked' })
        if (acknowledged >= 200) child.kill('SIGKILL')
      }
      assert.equal(await ended, 'SIGKILL')
      const journal = await openJournal(realDisk, dir)
      assert.ok(journal.lastIndex >= acknowledged)
      assert.deepEqual(await readAll(journal), payloads(1, journal.lastIndex))
      await journal.close()
    } finally {
      await rm(dir, { recursive: true })
    }
  })
})
