import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { seededRandom } from '../../src/seams/index.ts'
import { IdTable } from '../../src/ledger/id-table.ts'

/** Ids of few beginnings, so that many begin alike. */
const id = fc
  .tuple(fc.nat(3), fc.nat(3), fc.nat(9))
  .map(([first, second, rest]) => `${word(first * 0x40000001)}${word(second)}${word(rest).repeat(6)}`)

const word = (value: number): string => (value >>> 0).toString(16).padStart(8, '0')

const beginning = (id: string): string => id.slice(0, 16)

function mapOf(ids: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>()
  for (const [place, each] of ids.entries()) {
    places.set(beginning(each), [...(places.get(beginning(each)) ?? []), place])
  }
  return places
}

function tableOf(ids: readonly string[]): IdTable {
  const table = new IdTable()
  for (const [place, each] of ids.entries()) table.add(each, place)
  return table
}

const sorted = (places: readonly number[]): number[] => [...places].sort((x, y) => x - y)

describe('the table of ids', () => {
  it('[RCP-5] knows every place of an id, as a map does, also of ids that begin alike', () => {
    fc.assert(
      fc.property(fc.array(id, { maxLength: 2_000, size: 'max' }), id, (ids, other) => {
        const places = mapOf(ids)
        const table = tableOf(ids)
        for (const each of [...ids, other]) {
          assert.deepEqual(sorted(table.placesOf(each)), places.get(beginning(each)) ?? [])
        }
      }),
      { numRuns: 50 },
    )
  })

  it('[RCP-5] finds each of many, and none that was not added', () => {
    const random = seededRandom(7)
    const ids = Array.from({ length: 50_000 }, () =>
      Array.from({ length: 8 }, () => word(random.below(2 ** 32))).join(''),
    )
    const table = tableOf(ids)
    for (const [place, each] of ids.entries()) assert.deepEqual(table.placesOf(each), [place])
    for (let i = 0; i < 10_000; i++) {
      assert.deepEqual(table.placesOf(word(random.below(2 ** 32)) + word(random.below(2 ** 32))), [])
    }
  })

  it('[RCP-5] holds places of 32 bits', () => {
    const table = new IdTable()
    table.add('f'.repeat(64), 2 ** 32 - 1)
    assert.deepEqual(table.placesOf('f'.repeat(64)), [2 ** 32 - 1])
  })
})
