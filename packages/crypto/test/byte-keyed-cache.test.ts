import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ByteKeyedCache } from '../src/byte-keyed-cache.ts'

describe('the cache of keys', () => {
  const counting = (sizeMax: number) => {
    const made: string[] = []
    const cache = new ByteKeyedCache(sizeMax, (bytes) => made.push(bytes.join()))
    return { made, get: (...bytes: number[]) => cache.get(Uint8Array.from(bytes)) }
  }

  it('makes a value once, also when it is undefined', () => {
    let calls = 0
    const cache = new ByteKeyedCache<undefined>(2, () => void calls++)
    cache.get(Uint8Array.of(1))
    cache.get(Uint8Array.of(1))
    assert.equal(calls, 1)
  })

  it('forgets the value unused for longest', () => {
    const { made, get } = counting(2)
    for (const byte of [1, 2, 1, 3, 1, 2]) get(byte)
    assert.deepEqual(made, ['1', '2', '3', '2'])
  })

  it('tells keys of different lengths apart', () => {
    const { made, get } = counting(9)
    get(0)
    get(0, 0)
    get()
    assert.deepEqual(made, ['0', '0,0', ''])
  })
})
