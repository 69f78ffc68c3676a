import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { LogFile } from '../../src/network/log-file.ts'
import { readText, temporaryFolder } from './homes.ts'

describe('the log of a child', () => {
  it('[LOG-1] goes on in a new file when one is full, and keeps some of the old ones', (t) => {
    const folder = temporaryFolder(t)
    const path = join(folder, 'logs/app.log')
    const limits = { bytesMax: 8, keptMax: 2 }
    const log = new LogFile(path, limits)
    for (const line of ['one', 'two', 'three', 'four', 'five']) log.write(line)
    log.close()
    const again = new LogFile(path, limits)
    again.write('six')
    again.close()
    assert.deepEqual(readdirSync(join(folder, 'logs')).sort(), ['app.log', 'app.log.1', 'app.log.2'])
    assert.equal(readText(path), 'six\n')
    assert.equal(readText(`${path}.1`), 'five\n')
    assert.equal(readText(`${path}.2`), 'four\n')
  })

  it('[LOG-1] goes on in the full file while no other can be begun, and loses none of the old ones', (t) => {
    const path = join(temporaryFolder(t), 'app.log')
    const log = new LogFile(path, { bytesMax: 8, keptMax: 2 })
    for (const line of ['one', 'two', 'three']) log.write(line)
    // Stands where the next file is to be opened, as no room for another would.
    mkdirSync(`${path}.next`)
    for (const line of ['four', 'five', 'six', 'seven']) log.write(line)
    assert.equal(readText(path), 'three\nfour\nfive\nsix\n')
    assert.equal(readText(`${path}.1`), 'one\ntwo\n')
    rmdirSync(`${path}.next`)
    log.write('eight')
    log.close()
    assert.equal(readText(path), 'eight\n')
    assert.equal(readText(`${path}.1`), 'three\nfour\nfive\nsix\n')
    assert.equal(readText(`${path}.2`), 'one\ntwo\n')
  })

  const skip = existsSync('/dev/full') ? false : 'no /dev/full here: skipped the full disk'
  it('[PAIR-8] loses lines on a full disk, and nothing else', { skip }, () => {
    const log = new LogFile('/dev/full', { bytesMax: 8, keptMax: 2 })
    log.write('one')
    log.write('two')
    log.close()
  })
})
