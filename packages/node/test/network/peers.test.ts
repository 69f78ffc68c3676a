import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { peerAllowed, readPeers } from '../../src/network/index.ts'
import { temporaryFolder } from './homes.ts'

const id = 'ab'.repeat(20)

describe('who is let in', () => {
  it('[PEER-1] is decided by the id that a connection proves, not by its address', () => {
    const allowed = new Set([id])
    assert.equal(peerAllowed(`/p2p/filter/id/${id}`, allowed), true)
    assert.equal(peerAllowed(`/p2p/filter/id/${'cd'.repeat(20)}`, allowed), false)
    assert.equal(peerAllowed('/p2p/filter/id/', allowed), false)
    assert.equal(peerAllowed(`/p2p/filter/id/${id}/more`, allowed), false)
    assert.equal(peerAllowed('/p2p/filter/addr/10.0.0.9:5', allowed), true)
    assert.equal(peerAllowed('/store', allowed), undefined)
  })

  it('[PEER-3] is not read from a file with a mistake in it', async (t) => {
    const path = join(temporaryFolder(t), 'peers.json')
    const good = { nodeId: id, name: 'n', host: 'node.example', port: 26_656 }
    const wrong = [
      {},
      [null],
      [{ ...good, nodeId: id.toUpperCase() }],
      [{ ...good, name: 3 }],
      [{ ...good, host: 'a,b' }],
      [{ ...good, host: 'x@y' }],
      [{ ...good, port: 0 }],
      [{ ...good, port: '1' }],
    ]
    for (const peers of wrong) {
      writeFileSync(path, JSON.stringify(peers))
      await assert.rejects(readPeers(path), /peers\.json/, JSON.stringify(peers))
    }
    writeFileSync(path, JSON.stringify([good]))
    assert.deepEqual(await readPeers(path), [good])
  })
})
