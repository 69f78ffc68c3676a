import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { actorOf } from '@dujiang/testing/trivial'
import { seenRow } from '../../src/index.ts'
import { TestLedger, receiptsOf } from '../support/test-ledger.ts'

const { sha256 } = nodeCrypto
const a = actorOf('A')
const b = actorOf('B')

describe('the row of executed ids', () => {
  it('[SEEN-2] is made of these ids in the order of execution, and of no others', () => {
    const test = new TestLedger([a, b])
    const expires = test.nowMs + 90_000
    const ids: string[] = []
    for (let block = 0; block < 3; block++) {
      const acts = [test.mix(a, 'T', 1, { expires }), test.mix(b, 'T', 2, { expires })]
      ids.push(...receiptsOf(test.block(acts)).map(({ id }) => id))
      const row = seenRow(sha256, expires, ids)
      assert.deepEqual(test.ledger.view().get(row!.key), row!.value)
    }
    assert.notDeepEqual(seenRow(sha256, expires, ids.toReversed()), seenRow(sha256, expires, ids))
    const none = seenRow(sha256, expires + 60_000, [])
    assert.deepEqual([test.ledger.view().get(none!.key), none!.value], [undefined, undefined])
  })

  it('[SEEN-2] is not made of what is no id', () => {
    for (const id of ['', 'ab', toHex(new Uint8Array(31)), 'z'.repeat(64)]) {
      assert.equal(seenRow(sha256, 0, [id]), undefined)
    }
  })
})
