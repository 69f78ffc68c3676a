import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { leafHash, merkleRoot, nodeHash } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import fc from 'fast-check'
import {
  afterMs,
  chainIdOf,
  compareTimes,
  dataHash,
  msFromTime,
  PART_BYTES,
  partSetHeader,
  resultsHash,
  timeFromMs,
  validatorsHash,
} from '../../src/comet/index.ts'
import { ProtoWriter } from '../../src/comet/proto-writer.ts'
import { hexBytes } from './rpc-json.ts'
import { party, validatorsOf } from './test-chain.ts'

const { sha256 } = nodeCrypto

/** The value of one varint field, read by the definition. */
function readVarint(bytes: Uint8Array): bigint {
  return BigInt.asIntN(
    64,
    bytes.reduce((sum, byte, i) => sum | (BigInt(byte & 0x7f) << BigInt(7 * i)), 0n),
  )
}

describe('the protobuf writer', () => {
  it('[COMET-1] writes every safe integer in the fewest bytes, a negative one in ten', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        const bytes = new ProtoWriter().int(1, value).finish().subarray(1)
        assert.equal(readVarint(bytes), BigInt(value))
        const bits = value > 0 ? BigInt(value).toString(2).length : value < 0 ? 64 : 0
        assert.equal(bytes.length, Math.ceil(bits / 7))
      }),
    )
  })

  it('[COMET-1] leaves defaults out, but not an embedded message', () => {
    const empty = new Uint8Array(0)
    assert.deepEqual(new ProtoWriter().int(1, 0).bytes(2, empty).text(3, '').sfixed64(4, 0).finish(), empty)
    assert.deepEqual(new ProtoWriter().message(2, empty).finish(), hexBytes('1200'))
  })

  it('[COMET-1] stops at a defect: fields out of order, numbers it cannot write exactly', () => {
    assert.throws(() => new ProtoWriter().int(2, 1).int(1, 1), /in order/)
    assert.throws(() => new ProtoWriter().int(2, 0).bytes(1, new Uint8Array(1)), /in order/)
    for (const value of [1.5, 2 ** 53, Number.NaN, -(2 ** 60)]) {
      assert.throws(() => new ProtoWriter().int(1, value), /safe integer/)
      assert.throws(() => new ProtoWriter().sfixed64(1, value), /safe integer/)
    }
  })
})

describe('hashes', () => {
  it('[COMET-3] covers code, data and gas of each result, in fields 1, 2, 5 and 6', () => {
    const results = [
      { code: 0, data: new Uint8Array(0), gasWanted: 0, gasUsed: 0 },
      { code: 300, data: hexBytes('aabb'), gasWanted: 5, gasUsed: -1 },
    ]
    const second = hexBytes('08ac021202aabb280530ffffffffffffffffff01')
    const root = nodeHash(sha256, leafHash(sha256, new Uint8Array(0)), leafHash(sha256, second))
    assert.deepEqual(resultsHash(sha256, results), root)
  })

  it('[COMET-3] hashes each transaction before it becomes a leaf', () => {
    const txs = [hexBytes('01'), hexBytes(''), hexBytes('0203')]
    assert.deepEqual(dataHash(sha256, txs), merkleRoot(sha256, [sha256(txs[0]!), sha256(txs[1]!), sha256(txs[2]!)]))
  })

  it('[COMET-6] cuts a block into parts of 65 536 bytes', () => {
    const block = Uint8Array.from({ length: 2 * PART_BYTES + 1 }, (_, i) => i % 251)
    const parts = [block.subarray(0, 65_536), block.subarray(65_536, 131_072), block.subarray(131_072)]
    assert.deepEqual(partSetHeader(sha256, block), { total: 3, hash: merkleRoot(sha256, parts) })
    assert.equal(partSetHeader(sha256, block.subarray(0, PART_BYTES)).total, 1)
    assert.equal(partSetHeader(sha256, block.subarray(0, PART_BYTES + 1)).total, 2)
  })

  it('[COMET-4] gives a set one hash in whatever order it is listed, and another for another key or power', () => {
    const set = validatorsOf([party(1, 2), party(2, 2), party(3, 5)])
    const hash = validatorsHash(sha256, set)
    assert.deepEqual(validatorsHash(sha256, [set[2]!, set[0]!, set[1]!]), hash)
    assert.notDeepEqual(validatorsHash(sha256, set.with(0, { ...set[0]!, power: 3 })), hash)
    assert.notDeepEqual(validatorsHash(sha256, set.slice(1)), hash)
  })
})

describe('names and instants', () => {
  it('[COMET-14] names a chain after its genesis in at most 50 characters', () => {
    const genesisHash = Uint8Array.from({ length: 32 }, (_, i) => i)
    assert.equal(chainIdOf(genesisHash), 'dujiang-000102030405060708090a0b0c0d0e0f')
    assert.throws(() => chainIdOf(genesisHash.subarray(1)), /32 bytes/)
  })

  it('[COMET-15] keeps a millisecond through the engine form, and adds without loss', () => {
    const ms = fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 })
    fc.assert(
      fc.property(ms, fc.nat(10 ** 12), (at, more) => {
        assert.equal(msFromTime(timeFromMs(at)), at)
        assert.deepEqual(afterMs(timeFromMs(at), more), timeFromMs(at + more))
        assert.equal(Math.sign(compareTimes(timeFromMs(at), timeFromMs(at + more))), more === 0 ? 0 : -1)
      }),
    )
  })
})
