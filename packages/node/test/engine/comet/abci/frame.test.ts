import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { FrameReader, WireFault } from '../../../../src/engine/comet/abci/frame.ts'

const FRAME_BYTES_MAX = 128 * 2 ** 20

/** A length as LEB128, padded to `bytes` where that many are asked for. */
function lengthOf(value: number, bytes = 1): number[] {
  const out: number[] = []
  for (let rest = value; rest > 0 || out.length < bytes; rest = Math.floor(rest / 128)) out.push((rest % 128) | 0x80)
  out.push((out.pop() as number) & 0x7f)
  return out
}

const framed = (body: Uint8Array, lengthBytes?: number): number[] => [...lengthOf(body.length, lengthBytes), ...body]

/** All frames of a stream that comes in these chunks. */
function read(chunks: readonly Uint8Array[], reader = new FrameReader(FRAME_BYTES_MAX)): Uint8Array[] {
  const frames: Uint8Array[] = []
  for (const chunk of chunks) {
    reader.push(chunk)
    for (let frame = reader.next(); frame !== undefined; frame = reader.next()) frames.push(frame)
  }
  return frames
}

function split(stream: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const at = [0, ...cuts.map((cut) => cut % (stream.length + 1)).sort((a, b) => a - b), stream.length]
  return at.slice(1).map((to, n) => stream.subarray(at[n], to))
}

describe('frames', () => {
  const bodies = fc.array(fc.tuple(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 1, max: 10 })), {
    maxLength: 8,
  })
  const cuts = fc.array(fc.nat(10_000), { maxLength: 30 })

  it('[ABCI-1] come out of any split of the stream, of any length from none, with lengths of up to ten bytes', () => {
    fc.assert(
      fc.property(bodies, cuts, (list, at) => {
        const stream = Uint8Array.from(list.flatMap(([body, lengthBytes]) => framed(body, lengthBytes)))
        assert.deepEqual(
          read(split(stream, at)),
          list.map(([body]) => body),
        )
      }),
    )
  })

  it('[ABCI-1] come out of bytes that arrive one by one', () => {
    const stream = Uint8Array.from([...framed(new Uint8Array(0)), ...framed(new Uint8Array(300).fill(7), 10)])
    const frames = read(Array.from(stream, (byte) => Uint8Array.of(byte)))
    assert.deepEqual(frames, [new Uint8Array(0), new Uint8Array(300).fill(7)])
  })

  it('[ABCI-1] are refused above the limit before their bytes are waited for', () => {
    const reader = new FrameReader(1000)
    assert.equal(read([Uint8Array.from(framed(new Uint8Array(1000)))], reader).length, 1)
    assert.throws(() => read([Uint8Array.from(lengthOf(1001))], reader), WireFault)
  })

  it('[ABCI-1] are refused when the length has an eleventh byte, or is more than any number', () => {
    assert.throws(() => read([new Uint8Array(11).fill(0x80)]), WireFault)
    assert.throws(() => read([Uint8Array.from([...new Uint8Array(9).fill(0xff), 0x7f])]), WireFault)
  })

  it('[ABCI-1] never say more than the stream holds, whatever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), cuts, (stream, at) => {
        const outcome = (chunks: readonly Uint8Array[]): unknown => {
          try {
            return read(chunks, new FrameReader(200))
          } catch (error) {
            assert.ok(error instanceof WireFault)
            return error.message
          }
        }
        assert.deepEqual(outcome(split(stream, at)), outcome([stream]))
      }),
      { numRuns: 1000 },
    )
  })

  it('[ABCI-1] cost as much copying as they have bytes: one within a chunk none, one over many chunks once', () => {
    const chunk = Uint8Array.from([...framed(Uint8Array.of(1, 2)), ...framed(Uint8Array.of(3))])
    for (const frame of read([chunk])) assert.equal(frame.buffer, chunk.buffer)

    const body = new Uint8Array(8 * 2 ** 20)
    const reader = new FrameReader(FRAME_BYTES_MAX)
    read([Uint8Array.from(lengthOf(body.length))], reader)
    const pieces = Array.from({ length: body.length / 64 }, (_, n) => body.subarray(n * 64, n * 64 + 64))
    assert.equal(read(pieces, reader)[0]?.length, body.length)
  })

  it('[ABCI-1] are read before more is pushed', () => {
    const reader = new FrameReader(FRAME_BYTES_MAX)
    reader.push(Uint8Array.of(0, 0))
    assert.throws(() => reader.push(Uint8Array.of(0)), /before the last one was read/)
  })
})
