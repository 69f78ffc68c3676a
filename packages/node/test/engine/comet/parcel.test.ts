import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { PARCEL_BYTES_MAX, nonceOf, packParcel, parcelBytes, unpackParcel } from '../../../src/engine/comet/parcel.ts'

const acts = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 20 })
const nonces = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })
const plain = (list: readonly Uint8Array[] | undefined): number[][] | undefined => list?.map((each) => [...each])

describe('a parcel', () => {
  it('[CMT-1] gives back the acts that were packed, whatever they are', () => {
    fc.assert(
      fc.property(acts, nonces, (list, nonce) => {
        const parcel = packParcel(list, nonce)
        assert.equal(
          parcel.length,
          list.reduce((bytes, act) => bytes + parcelBytes(act.length), 9),
        )
        assert.deepEqual(plain(unpackParcel(parcel)), plain(list))
        assert.equal(nonceOf(parcel), nonce)
      }),
    )
  })

  it('[CMT-1] differs from another of the same acts by its nonce', () => {
    const act = [new Uint8Array([123, 125])]
    assert.notDeepEqual(packParcel(act, 1n), packParcel(act, 2n))
  })

  it('[CMT-1] alone has a nonce', () => {
    assert.equal(nonceOf(Buffer.from('{"body":{}}')), undefined)
    assert.equal(nonceOf(Uint8Array.of(1, 2, 3)), undefined)
  })

  it('[CMT-1] is broken when it is cut anywhere, or goes on', () => {
    const parcel = packParcel([new Uint8Array(5), new Uint8Array(7)], 3n)
    const afterFirst = 9 + parcelBytes(5)
    for (let length = 1; length < parcel.length; length++) {
      const cut = unpackParcel(parcel.subarray(0, length))
      assert.equal(cut?.length, length === afterFirst ? 1 : undefined, `${length} bytes`)
    }
    assert.equal(unpackParcel(Buffer.concat([parcel, new Uint8Array([0])])), undefined)
  })

  it('[CMT-1] of any bytes is broken or a list of acts that pack to the same bytes', () => {
    const noise = fc.uint8Array({ maxLength: 200 }).map((bytes) => Uint8Array.of(1, ...bytes))
    const mutated = fc.tuple(acts, nonces, fc.nat(), fc.nat(255)).map(([list, nonce, at, byte]) => {
      const parcel = packParcel(list, nonce)
      parcel[1 + (at % (parcel.length - 1))] = byte
      return parcel
    })
    fc.assert(
      fc.property(fc.oneof(noise, mutated), (bytes) => {
        const list = unpackParcel(bytes)
        if (list === undefined) return
        const nonce = Buffer.from(bytes).readBigUInt64BE(1)
        assert.deepEqual([...packParcel(list, nonce)], [...bytes])
      }),
      { numRuns: 2_000 },
    )
  })

  it('[CMT-1] is not what begins otherwise: that is one act', () => {
    for (const tx of [Buffer.from('{"body":{}}'), new Uint8Array(0), Uint8Array.of(2, 1, 1)]) {
      assert.deepEqual(unpackParcel(tx), [tx])
    }
  })

  it('[CMT-1] of one act of the greatest size is a transaction that the mempool takes', () => {
    const parcel = packParcel([new Uint8Array(PARCEL_BYTES_MAX)], 0n)
    assert.ok(parcel.length < 131_072)
  })
})
