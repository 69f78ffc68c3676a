import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { it } from 'node:test'
import { realDisk, SimDisk } from '../../src/seams/index.ts'
import { MemoryJournals, openJournal } from '../../src/store/index.ts'
import { journalContract } from './contract.ts'

journalContract('the real disk', async () => {
  const root = await mkdtemp(`${tmpdir()}/dujiang-journal-`)
  return {
    root,
    open: (dir, options) => openJournal(realDisk, dir, options),
    clean: () => rm(root, { recursive: true }),
  }
})

journalContract('a simulated disk', async () => {
  const disk = new SimDisk(1)
  return { root: 'data', open: (dir, options) => openJournal(disk.mount(), dir, options), clean: async () => undefined }
})

journalContract('memory', async () => {
  const journals = new MemoryJournals()
  return { root: 'data', open: (dir) => journals.open(dir), clean: async () => undefined }
})

it('[JRN-12] keeps folders and files from other users of the machine', async (t) => {
  if (process.platform === 'win32') return t.skip('no file modes here: skipped who may read')
  const root = await mkdtemp(`${tmpdir()}/dujiang-journal-`)
  try {
    await (await openJournal(realDisk, `${root}/a/b`)).close()
    for (const dir of ['a', 'a/b']) assert.equal((await stat(`${root}/${dir}`)).mode & 0o777, 0o700)
    const names = await readdir(`${root}/a/b`)
    assert.deepEqual(names.sort(), ['0000000000000001.journal', 'lock'])
    for (const name of names) assert.equal((await stat(`${root}/a/b/${name}`)).mode & 0o777, 0o600, name)
  } finally {
    await rm(root, { recursive: true })
  }
})
