import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { type Pace, inPace } from '../src/test-pace.ts'

/** Files that end when they are told to, on a machine whose idleness is told too. */
class Bench {
  readonly begun: string[] = []
  readonly #ends = new Map<string, () => void>()
  #look = Promise.withResolvers<number>()

  readonly pace: Pace = {
    processors: 2,
    idle: () => this.#look.promise,
    agree: (file, other) => !(file.startsWith('!') && other.startsWith('!')),
  }

  readonly work = (file: string): Promise<void> => {
    this.begun.push(file)
    return new Promise((ended) => this.#ends.set(file, ended))
  }

  async end(...files: readonly string[]): Promise<void> {
    for (const file of files) this.#ends.get(file)?.()
    await turn()
  }

  async isIdle(processors: number): Promise<void> {
    const { resolve } = this.#look
    this.#look = Promise.withResolvers()
    resolve(processors)
    await turn()
  }
}

describe('the pace of test files', () => {
  it('is one for each processor while all of them compute, each file once and in order', async () => {
    const bench = new Bench()
    const done = inPace(['a', 'b', 'c', 'd'], bench.work, bench.pace)
    assert.deepEqual(bench.begun, ['a', 'b'])
    await bench.isIdle(0.1)
    assert.deepEqual(bench.begun, ['a', 'b'])
    await bench.end('b')
    assert.deepEqual(bench.begun, ['a', 'b', 'c'])
    await bench.end('a', 'c')
    await bench.end('d')
    await done
    assert.deepEqual(bench.begun, ['a', 'b', 'c', 'd'])
  })

  it('is one more, and one more again, while a processor stands idle', async () => {
    const bench = new Bench()
    const done = inPace(['a', 'b', 'c', 'd', 'e', 'f'], bench.work, bench.pace)
    await bench.isIdle(1.2)
    assert.deepEqual(bench.begun, ['a', 'b', 'c'])
    await bench.isIdle(0.7)
    assert.deepEqual(bench.begun, ['a', 'b', 'c', 'd'])
    await bench.isIdle(0.7)
    assert.deepEqual(bench.begun, ['a', 'b', 'c', 'd'], 'two more at most')
    // Whoever has ended is followed only when there is room.
    await bench.end('a')
    assert.deepEqual(bench.begun, ['a', 'b', 'c', 'd'])
    await bench.isIdle(0.7)
    assert.deepEqual(bench.begun, ['a', 'b', 'c', 'd', 'e'])
    await bench.end('b', 'c', 'd', 'e')
    await bench.end('f')
    await done
  })

  it('ends at once when there is nothing to do', async () => {
    await inPace([], () => assert.fail('no file'), new Bench().pace)
  })

  it('lets no two files run beside each other that disturb one another, and others meanwhile', async () => {
    const bench = new Bench()
    const done = inPace(['!a', '!b', '!c', 'd'], bench.work, bench.pace)
    assert.deepEqual(bench.begun, ['!a', 'd'])
    await bench.end('d')
    assert.deepEqual(bench.begun, ['!a', 'd'])
    await bench.end('!a')
    assert.deepEqual(bench.begun, ['!a', 'd', '!b'])
    await bench.end('!b')
    await bench.end('!c')
    await done
    assert.deepEqual(bench.begun, ['!a', 'd', '!b', '!c'])
  })
})
