import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Json } from '@dujiang/core/codec'
import fc from 'fast-check'
import { CommittedView, Overlay } from '../../src/state/overlay.ts'
import { SortedMap } from '../../src/state/sorted-map.ts'

const PLACE = { height: 1, timeMs: 1, previousTimeMs: 0 }

const key = fc.constantFrom('a', 'a/', 'a/1', 'a/10', 'a/2', 'aa', 'b/1', 'b/Z', 'b/é', '')
type Step = { readonly does: 'put' | 'drop' | 'scan'; readonly key: string; readonly value: number }
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({ does: fc.constantFrom('put', 'drop', 'scan'), key, value: fc.nat(9) }),
  { maxLength: 20 },
)
const sha256 = () => new Uint8Array(32)
const byCodeUnit = ([x]: readonly [string, unknown], [y]: readonly [string, unknown]) => (x < y ? -1 : x > y ? 1 : 0)

describe('overlay', () => {
  it('[EXEC-6] reads and scans as a plain map of both would, and leaves what is below it alone', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(key, fc.nat(9)), { selector: ([each]) => each }), steps, (rows, all) => {
        const base = new SortedMap<Json>()
        for (const [each, value] of rows) base.set(each, value)
        const overlay = new Overlay(sha256, base, PLACE)
        const model = new Map<string, Json>(rows)
        for (const { does, key: at, value } of all) {
          if (does === 'put') {
            overlay.put(at, value)
            model.set(at, value)
          } else if (does === 'drop') {
            overlay.drop(at)
            model.delete(at)
          } else {
            const expected = [...model].filter(([each]) => each.startsWith(at)).sort(byCodeUnit)
            assert.deepEqual([...overlay.scan(at)], expected)
          }
          assert.equal(overlay.get(at), model.get(at))
        }
        assert.deepEqual([...overlay.scan('')], [...model].sort(byCodeUnit))
        assert.deepEqual([...base.startingWith('')], rows.toSorted(byCodeUnit))
      }),
      { numRuns: 300 },
    )
  })

  it('[EXEC-5] forgets a row that was put and dropped again, as if nothing had been written', () => {
    const overlay = new Overlay(sha256, new SortedMap<Json>(), PLACE)
    overlay.put('a', 1)
    overlay.drop('a')
    overlay.drop('b')
    assert.equal(overlay.writes.size, 0)
  })
})

describe('committed view', () => {
  it('[EXEC-1] goes on after a given key, whether or not there is such a row', () => {
    fc.assert(
      fc.property(fc.uniqueArray(key), key, key, (keys, prefix, after) => {
        const values = new SortedMap<Json>()
        for (const each of keys) values.set(each, true)
        const view = new CommittedView(sha256, values, PLACE)
        const expected = keys.filter((each) => each.startsWith(prefix) && each > after).sort()
        assert.deepEqual(
          Array.from(view.scan(prefix, after), ([each]) => each),
          expected,
        )
      }),
    )
  })
})
