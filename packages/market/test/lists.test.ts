import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Fed } from '@dujiang/chain'
import { TestMarket } from '@dujiang/testing/market-fixture'
import { bidder, openSession } from '@dujiang/testing/market-session'
import { dujiangMarket } from '../src/index.ts'
import { lists } from '../src/lists.ts'

const market = dujiangMarket()

function fedOf(act: string): Fed {
  const receipt = {
    act,
    code: 1,
    events: '',
    height: 1,
    id: 'a',
    index: 0,
    kind: 'act',
    org: 'GENA',
    time: 1,
    v: 1,
  } as const
  return { receipt, events: [], asked: { v: 1, payload: { session: 'S1', unit: 'GENA.1' } } }
}

describe('lists of the market', () => {
  it('[LIST-1] puts under the seal of its session what an act with readers leaves, and nothing else', () => {
    for (const { name, readers } of market.acts) {
      assert.equal(lists.about(fedOf(name)).seal, readers === undefined ? undefined : 'S1', name)
    }
  })

  it('[LIST-1] has the seal closed as long as the act has readers', () => {
    const open = new TestMarket()
    const seller = bidder(open, 'GENA', 'sell')
    const { gateMs } = openSession(open, 'S1', [seller])
    const signed = { ...seller, id: 'a', sequence: 1, payload: { session: 'S1', unit: seller.unit } }
    const agree = (): boolean => {
      const view = open.ledger.view()
      const sealed = lists.sealsNow(view).includes('S1')
      assert.equal(market.actReaders(view, 'auction.order.submit', 1, signed) !== undefined, sealed)
      return sealed
    }
    assert.equal(agree(), true)
    open.block([], gateMs)
    assert.equal(agree(), false)
  })

  it('has names that SQL and JSON take, and keys and orders among its columns', () => {
    for (const { name, columns, key, sortedBy } of lists.tables) {
      const names = columns.map((column) => column.name)
      for (const each of [name, ...names]) assert.match(each, /^[a-z][a-z0-9_]*$/)
      assert.equal(new Set(names).size, names.length)
      for (const each of [...key, ...sortedBy]) assert.ok(names.includes(each), `${name}: ${each}`)
    }
  })
})
