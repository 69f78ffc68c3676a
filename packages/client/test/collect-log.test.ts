import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Client } from '../src/client.ts'
import { collectLog } from '../src/collect-log.ts'
import type { Listed } from '../src/types.ts'

const place = { index: 0, height: 5, time: 1 }

/** A node whose receipts have no end, and how many of them were read. */
function endless(listed: object) {
  let read = 0
  async function* receipts(): AsyncGenerator<Listed> {
    for (; ; read++) yield listed as Listed
  }
  const client = { status: async () => ({ receipts: 1, firstReceipt: 0 }), receipts } as unknown as Client
  return { client, read: () => read }
}

describe('the receipts from a promise until its time was over', () => {
  it('[OMIT-8] are not collected without end: a file takes no more than its verifier reads', async () => {
    const many = endless({ ...place, withheld: true })
    await assert.rejects(collectLog(many.client, 5, 2), /more than a file takes/)
    assert.equal(many.read(), 1_000_000)
    const long = endless({ receipt: { ...place, act: 'x'.repeat(16 * 1024 * 1024) } })
    await assert.rejects(collectLog(long.client, 5, 2), /more than a file takes/)
    assert.equal(long.read(), 7)
  })
})
