import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
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
