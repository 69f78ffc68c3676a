import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CountingApp, measureAdapter } from '@dujiang/testing/abci'

describe('the measurement of the adapter', () => {
  it('takes every transaction its whole way and asks what that cost', async () => {
    const app = new CountingApp(32)
    const cost = await measureAdapter(app, { blocks: 3, txsPerBlock: 500, txBytes: 300 })
    assert.equal(cost.txs, 1500)
    assert.equal(app.count, 1500)
    assert.ok(cost.threadMicrosecondsPerTx > 0)
  })
})
