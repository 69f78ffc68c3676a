import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { SortedMap } from '../../src/state/sorted-map.ts'

const key = fc.string({ maxLength: 2 })
const changes = fc.array(fc.tuple(key, fc.option(fc.nat(9), { nil: undefined })), { maxLength: 300 })

function change(map: SortedMap<number>, all: readonly (readonly [string, number | undefined])[]): void {
  for (const [name, value] of all) {
    if (value === undefined) map.delete(name)
    else map.set(name, value)
  }
}

describe('a sorted map', () => {
  it('[SNAP-1] is held as it was, by each who holds it, while it changes before, during and after it is read', () => {
    fc.assert(
      fc.property(changes, changes, changes, (first, second, third) => {
        const map = new SortedMap<number>()
        change(map, first)
        const [before, early] = [[...map.startingWith('')], map.hold()]
        change(map, second)
        const [between, late] = [[...map.startingWith('')], map.hold()]
        const read = early.entries()[Symbol.iterator]()
        const half = before.slice(0, Math.floor(before.length / 2)).map(() => read.next().value)
        change(map, third)
        assert.deepEqual([...half, ...{ [Symbol.iterator]: () => read }], before)
        assert.deepEqual([...late.entries()], between)
        assert.deepEqual([early.size, late.size], [before.length, between.length])
        early.release()
        late.release()
        const twin = new SortedMap<number>()
        change(twin, [...first, ...second, ...third])
        assert.deepEqual([...map.startingWith('')], [...twin.startingWith('')])
      }),
    )
  })
})
