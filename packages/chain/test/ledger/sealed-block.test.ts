import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { encodeCanonicalBytes } from '@dujiang/core/codec'
import { toBase64 } from '@dujiang/core/crypto'
import { actorOf } from '@dujiang/testing/trivial'
import fc from 'fast-check'
import { readSealedBlock, txFromJson, txToJson, writeSealedBlock } from '../../src/index.ts'
import { TestLedger } from '../support/test-ledger.ts'

const a = actorOf('A')

describe('block line', () => {
  it('[BLOCK-1] gives back exactly the bytes of every transaction, whatever they are', () => {
    const json = fc.json({ maxDepth: 20 }).map((text) => new TextEncoder().encode(text))
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.uint8Array({ maxLength: 60 }), json), { maxLength: 5 }), (txs) => {
        const test = new TestLedger([a])
        test.block(txs)
        const read = readSealedBlock(test.lines[0]!)
        if (typeof read === 'string') throw new Error(read)
        assert.deepEqual(read.txs, txs)
        assert.deepEqual(writeSealedBlock(read), test.lines[0])
      }),
      { numRuns: 60 },
    )
  })

  it('[BLOCK-1] writes an act as the JSON it is, and anything else as base64', () => {
    const test = new TestLedger([a])
    const tx = test.mix(a, 'T', 1)
    assert.deepEqual(encodeCanonicalBytes(txToJson(tx)), tx)
    for (const other of ['', '"text"', '[1]', '7', '{"a": 1}', 'nonsense']) {
      const bytes = new TextEncoder().encode(other)
      assert.equal(txToJson(bytes), toBase64(bytes))
    }
  })

  it('[BLOCK-1] refuses a second spelling of a transaction', () => {
    const canonical = new TextEncoder().encode('{"a":1}')
    assert.equal(txFromJson(toBase64(canonical)), undefined)
    assert.deepEqual(txFromJson({ a: 1 }), canonical)
    assert.equal(txFromJson('not base64!'), undefined)
    assert.equal(txFromJson(7), undefined)
    assert.equal(txFromJson([1]), undefined)
  })

  it('[BLOCK-1] an act nested as deep as acts may be stands in base64, since a block would nest it deeper', () => {
    for (let depth = 1; depth <= 16; depth++) {
      const bytes = new TextEncoder().encode(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`)
      assert.deepEqual(txFromJson(txToJson(bytes)), bytes, `depth ${depth}`)
      const test = new TestLedger([a])
      test.block([bytes])
      assert.notEqual(typeof readSealedBlock(test.lines[0]!), 'string', `depth ${depth}`)
    }
  })

  it('[BLOCK-1] refuses what is not {commit, header, txs}', () => {
    for (const text of ['[]', '7', '{}', '{"commit":{},"header":{}}', '{"commit":{},"header":{},"txs":{}}']) {
      assert.equal(typeof readSealedBlock(new TextEncoder().encode(text)), 'string', text)
    }
  })
})
