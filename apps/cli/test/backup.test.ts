import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { isInadmissible } from '@dujiang/chain'
import { fromHex } from '@dujiang/core/crypto'
import { SimClock, realDisk } from '@dujiang/node/seams'
import { IntakeLog } from '@dujiang/node/store'
import { START_MS, TestMarket, exchange } from '@dujiang/testing/market-fixture'
import { Folders } from './export-rig.ts'
import { dujiang } from './run.ts'
import { type Sample, openSample, provable, sampleChain } from './sample-chain.ts'

describe('dujiang backup and restore', () => {
  const folders = new Folders()
  let dir = ''
  let sample: Sample

  before(async () => {
    dir = await folders.make('backup')
    sample = await sampleChain(dir, { sessions: 1 })
  })
  after(() => folders.remove())

  it('[CPY-3] carry what was promised and is in no block, and a node on the copy keeps the promise', async () => {
    const market = new TestMarket()
    const promised = market.act(
      exchange,
      'auction.sequence.open',
      { sequence: 'PROMISED', name: '已受理' },
      { sequence: 1_000 },
    )
    const expired = market.act(exchange, 'auction.sequence.open', { sequence: 'OLD', name: '已过期' }, { expires: 1 })
    const log = await IntakeLog.open(realDisk, join(sample.dataDir, 'intake'))
    for (const tx of [promised, expired]) {
      const understood = market.ledger.understand(tx)
      if (isInadmissible(understood)) throw new Error(JSON.stringify(understood))
      const { id, body } = understood.envelope
      await log.remember({ id: fromHex(id), expiryMs: body.expires, tx })
    }

    // The log is open here, as in a running node.
    const backup = join(dir, 'copy')
    const { status, out, err } = await dujiang(['backup', '--data', sample.dataDir, backup])
    assert.equal(status, 0, err)
    assert.match(out, /with 1 acts accepted and in no block yet/)
    await log.close()

    const restored = await folders.make('restored')
    const again = await dujiang(['restore', backup, '--data', join(restored, 'data')])
    assert.match(again.out, /with 1 acts accepted and in no block yet/)
    const clock = new SimClock(START_MS + 3_600_000)
    const node = await openSample(restored, Uint8Array.from(await readFile(sample.genesisPath)), clock)
    try {
      await provable(node, clock, sample.height + 1)
      const receipt = (await node.receiptAt(sample.receipts))?.receipt
      assert.deepEqual([receipt?.act, receipt?.code], ['auction.sequence.open', 0])
    } finally {
      await node.close()
    }
  })
})
