import assert from 'node:assert/strict'
import { cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type ExportedSample, Folders, exportedSample } from '../export-rig.ts'
import { dujiang } from '../run.ts'

describe('dujiang network import', () => {
  const folders = new Folders()
  let sample: ExportedSample
  let home = ''
  before(async () => {
    sample = await exportedSample(await folders.make('sample'), { sessions: 1 })
    home = await folders.make('home')
    await mkdir(join(home, 'ledger'))
    for (const to of ['genesis.json', 'ledger/genesis.json']) await cp(sample.genesisPath, join(home, to))
  })
  after(() => folders.remove())

  it('ends with 1 for a node that has joined by no snapshot, and says that nothing has changed', async () => {
    const { status, err } = await dujiang(['network', 'import', sample.out, '--home', home])
    assert.equal(status, 1)
    assert.match(err, /not taken in.*executed every block itself/)
  })

  it('ends with 2 where there is no home, or none is named', async () => {
    assert.equal((await dujiang(['network', 'import', sample.out, '--home', join(home, 'none')])).status, 2)
    assert.equal((await dujiang(['network', 'import', sample.out])).status, 2)
  })
})
