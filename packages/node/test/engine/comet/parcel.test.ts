import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { PARCEL_BYTES_MAX, nonceOf, packParcel, parcelBytes, unpackParcel } from '../../../src/engine/comet/parcel.ts'

/** What cannot be packed into fewer bytes, as a signature. */
const signatureOf = (number: number): Uint8Array => createHash('sha512').update(String(number)).digest()
const signed = fc
  .tuple(fc.uint8Array({ maxLength: 300 }), fc.nat())
  .map(([bytes, number]) => Uint8Array.of(...bytes, ...signatureOf(number)))
const acts = fc.uniqueArray(signed, { minLength: 1, maxLength: 20, selector: (act) => act.slice(-64).join() })
const nonces = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })
const plain = (list: readonly Uint8Array[] | undefined): number[][] | undefined => list?.map((each) => [...each])

describe('a parcel', () => {
  it('[CMT-1] gives back the acts that were packed, whatever they are', () => {
    fc.assert(
      fc.property(acts, nonces, (list, nonce) => {
        const parcel = packParcel(list, nonce)
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

  it('[CMT-1] is broken when it is cut anywhere', () => {
    const parcel = packParcel([signatureOf(5), signatureOf(7)], 3n)
    for (let length = 1; length < parcel.length; length++) {
      assert.equal(unpackParcel(parcel.subarray(0, length)), undefined, `${length} bytes`)
    }
  })

  it('[CMT-1] of any bytes is broken or a list of acts', () => {
    const noise = fc.uint8Array({ maxLength: 200 }).map((bytes) => Uint8Array.of(1, ...bytes))
    const mutated = fc.tuple(acts, nonces, fc.nat(), fc.nat(255)).map(([list, nonce, at, byte]) => {
      const parcel = packParcel(list, nonce)
      parcel[1 + (at % (parcel.length - 1))] = byte
      return parcel
    })
    fc.assert(
      fc.property(fc.oneof(noise, mutated), (bytes) => {
        const list = unpackParcel(bytes)
        assert.ok(list === undefined || list.length > 0)
      }),
      { numRuns: 2_000 },
    )
  })

  it('[CMT-1] that unfolds to more than a parcel may hold is broken', () => {
    const half = randomBytes(PARCEL_BYTES_MAX / 2)
    assert.equal(unpackParcel(packParcel([half, half], 1n)), undefined)
    assert.equal(unpackParcel(packParcel([half, half.subarray(parcelBytes(0))], 1n))?.length, 2)
  })

  it('[CMT-1] that has more acts than signatures can be packed into it is broken', () => {
    const act = Uint8Array.of(...new Uint8Array(300), ...signatureOf(1))
    const other = Uint8Array.of(...new Uint8Array(300), ...signatureOf(2))
    assert.equal(unpackParcel(packParcel([act, other], 1n))?.length, 2)
    assert.equal(unpackParcel(packParcel([act, act, act], 1n)), undefined)
  })

  it('[CMT-1] of as many acts as it may hold is not, with signatures whose first bits are the same', () => {
    const list = Array.from({ length: 160 }, (_, number) => {
      const signature = signatureOf(number)
      // Of an Ed25519 signature's last byte the upper half is zero.
      signature[63] = (signature[63] as number) & 0x0f
      return Buffer.from(`{"body":{"payload":"${'0'.repeat(240)}"},"sig":"${Buffer.from(signature).toString('hex')}"}`)
    })
    assert.equal(unpackParcel(packParcel(list, 1n))?.length, 160)
  })

  it('[CMT-1] is not what begins otherwise: that is one act', () => {
    for (const tx of [Buffer.from('{"body":{}}'), new Uint8Array(0), Uint8Array.of(2, 1, 1)]) {
      assert.deepEqual(unpackParcel(tx), [tx])
    }
  })

  it('[CMT-1] of one act of the greatest size is a transaction that the mempool takes', () => {
    const act = randomBytes(PARCEL_BYTES_MAX)
    const parcel = packParcel([act], 0n)
    assert.ok(parcel.length < 131_072)
    assert.deepEqual(plain(unpackParcel(parcel)), [[...act]])
  })
})
