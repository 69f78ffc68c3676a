import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Recorded } from '@dujiang/chain'
import { ReceiptIndex } from '../../src/ledger/receipt-index.ts'

const recorded = (index: number): Recorded =>
  ({ receipt: { id: `id${index}`, index, kind: 'act' }, events: [], leaf: new Uint8Array(32) }) as unknown as Recorded

describe('the index of receipts', () => {
  it('[SNF-8] of a node that joined later begins at the count it joined at', () => {
    const index = new ReceiptIndex(1_000)
    assert.deepEqual([index.firstIndex, index.size], [1_000, 1_000])
    index.add([recorded(1_000), recorded(1_001)], new Map([['id1001', 4]]))
    assert.equal(index.size, 1_002)
    assert.equal(index.at(999), undefined)
    assert.equal(index.at(0), undefined)
    assert.equal(index.at(1_000)?.receipt.id, 'id1000')
    assert.equal(index.at(1_001)?.position, 4)
    assert.equal(index.byId('id1001')?.receipt.index, 1_001)
    assert.equal(index.at(1_002), undefined)
  })

  it('[KEEP-5] of a node that has executed every block holds every receipt', () => {
    const index = new ReceiptIndex()
    index.add([recorded(0)], new Map())
    assert.equal(index.at(0)?.receipt.id, 'id0')
    assert.deepEqual([index.firstIndex, index.size], [0, 1])
  })
})
