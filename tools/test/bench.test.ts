import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { figureLine, machine, median, quantile } from '../src/bench/figure.ts'
import { biddersOf, UNITS } from '../src/bench/crew.ts'
import { OrderBook } from '../src/bench/orders.ts'

describe('bench', () => {
  it('says a figure in one line with its limit and their ratio, or null for both', () => {
    const beside = { bar: 'a.b', value: 3, unit: '/s', limit: 4, note: 'not in the line' }
    assert.deepEqual(JSON.parse(figureLine(beside)), {
      bar: 'a.b',
      value: 3,
      unit: '/s',
      limit: 4,
      ratio: 0.75,
      machine,
    })
    const alone = { bar: 'c', value: 3, unit: 'ms' }
    assert.deepEqual(JSON.parse(figureLine(alone)), { ...alone, limit: null, ratio: null, machine })
  })

  it('takes medians and quantiles from what was measured, in any order', () => {
    assert.equal(median([3, 1, 2]), 2)
    assert.equal(quantile([5, 4, 3, 2, 1], 0.99), 5)
  })

  it('replaces each order of a unit but the first, so that a load can go on for ever', () => {
    const [bidder] = biddersOf('ed25519')
    assert.equal(new Set(biddersOf('ed25519').map(({ unit }) => unit)).size, UNITS)
    const book = new OrderBook('0'.repeat(64), bidder!, 0)
    const acts = Array.from({ length: 3 }, () => JSON.parse(new TextDecoder().decode(book.next())).body)
    const names = acts.map(({ act }) => act)
    assert.deepEqual(names, ['auction.order.submit', 'auction.order.replace', 'auction.order.replace'])
    assert.deepEqual(
      acts.map(({ sequence }) => sequence),
      [1, 2, 3],
    )
    assert.notEqual(acts[1].payload.order, acts[2].payload.order)
  })
})
