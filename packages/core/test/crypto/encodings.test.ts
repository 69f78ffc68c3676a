import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { bigFromBytes, bigFromBytesLe, bytes32FromBig, concatBytes, equalBytes } from '@dujiang/core/crypto'
import { fromHex, parseBase64, parseHex, toBase64, toHex } from '@dujiang/core/crypto'
import fc from 'fast-check'

const someBytes = fc.uint8Array({ maxLength: 70 })

describe('hexadecimal', () => {
  it('writes what Node writes and reads it back', () => {
    fc.assert(
      fc.property(someBytes, (bytes) => {
        assert.equal(toHex(bytes), Buffer.from(bytes).toString('hex'))
        assert.deepEqual(parseHex(toHex(bytes)), bytes)
        assert.deepEqual(fromHex(toHex(bytes)), bytes)
      }),
    )
  })

  it('writes long texts too', () => {
    const bytes = Uint8Array.from({ length: 10_000 }, (_, i) => i % 251)
    assert.equal(toHex(bytes), Buffer.from(bytes).toString('hex'))
  })

  for (const text of ['0', '0G', '00FF', '0x00', ' 00', '00 ', '0', '００', 'é0', '-1', '\u012f0']) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.equal(parseHex(text), undefined)
      assert.throws(() => fromHex(text), /lower-case hexadecimal/)
    })
  }

  it('reads any text either not at all or so that it writes the same text', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-fA-F]*$/))
    fc.assert(
      fc.property(text, (value) => {
        const bytes = parseHex(value)
        if (bytes !== undefined) assert.equal(toHex(bytes), value)
      }),
    )
  })
})

describe('base64', () => {
  it('writes what Node writes and reads it back', () => {
    fc.assert(
      fc.property(someBytes, (bytes) => {
        assert.equal(toBase64(bytes), Buffer.from(bytes).toString('base64'))
        assert.deepEqual(parseBase64(toBase64(bytes)), bytes)
      }),
    )
  })

  const refused = [
    'A',
    'AQ',
    'AQ=',
    'AQ===',
    'AR==',
    'AAB=',
    'AQ==\n',
    ' AQ==',
    'A=Q=',
    '====',
    '=',
    'A===',
    'AQ-_',
    'A Q=',
    'AQ==AQ==',
  ]
  for (const text of refused) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.equal(parseBase64(text), undefined))
  }

  it('reads any text either not at all or so that it writes the same text', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[A-D+/=]{0,8}$/))
    fc.assert(
      fc.property(text, (value) => {
        const bytes = parseBase64(value)
        if (bytes !== undefined) assert.equal(toBase64(bytes), value)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('bytes', () => {
  it('turns 32 bytes into an integer and back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        assert.deepEqual(bytes32FromBig(bigFromBytes(bytes)), bytes)
        assert.equal(bigFromBytesLe(Uint8Array.from(bytes).reverse()), bigFromBytes(bytes))
      }),
    )
  })

  it('refuses an integer that has no 32 bytes', () => {
    assert.throws(() => bytes32FromBig(-1n))
    assert.throws(() => bytes32FromBig(1n << 256n))
    assert.deepEqual(bytes32FromBig((1n << 256n) - 1n), new Uint8Array(32).fill(255))
  })

  it('joins and compares', () => {
    assert.deepEqual(concatBytes(), new Uint8Array(0))
    assert.deepEqual(concatBytes(Uint8Array.of(1), new Uint8Array(0), Uint8Array.of(2, 3)), Uint8Array.of(1, 2, 3))
    assert.equal(bigFromBytes(new Uint8Array(0)), 0n)
    assert.ok(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2)))
    assert.ok(!equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3)))
    assert.ok(!equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2, 0)))
  })
})
