import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Receipt } from '@dujiang/chain'
import type { Acknowledged } from '../../src/kill/acknowledged.ts'
import { receiptHash } from '../../src/kill/chain.ts'
import { judge } from '../../src/kill/judge.ts'

const receiptOf = (id: string, index: number, height: number): Receipt => {
  return { act: 'a', code: 0, events: '', height, id, index, kind: 'act', org: 'O', time: height * 1_000, v: 1 }
}
type Judged = Parameters<typeof judge>[1]
const chainOf = (...receipts: Receipt[]): Judged => ({ receipts, timesMs: [0, 1_000, 2_000, 3_000] })
const committed = (receipt: Receipt): Acknowledged => {
  const { id, index, height } = receipt
  return { kind: 'committed', id, index, height, receipt: receiptHash(receipt) }
}
const promised = (id: string, height: number, withinSeconds: number): Acknowledged => {
  return { kind: 'promised', id, height, withinSeconds }
}
const verdict = (told: Acknowledged[], chain: Judged, sent = ['x', 'y']): string[] =>
  judge(told, chain, new Set(sent)).map((problem) => problem.slice(0, problem.indexOf(':')))

const x = receiptOf('x', 0, 1)
const y = receiptOf('y', 1, 2)

describe('the judge of acknowledgements', () => {
  it('finds nothing wrong with a ledger that kept its word', () => {
    assert.deepEqual(verdict([committed(x), promised('y', 1, 1), committed(y)], chainOf(x, y)), [])
  })

  it('takes a promise for an act already on record', () => {
    assert.deepEqual(verdict([promised('x', 2, 1)], chainOf(x)), [])
  })

  for (const [word, told, chain] of [
    ['lost', [committed(x), committed(y)], chainOf(x)],
    ['lost', [promised('y', 1, 10)], chainOf(x)],
    ['changed', [committed(x)], chainOf({ ...x, code: 7 })],
    ['changed', [committed({ ...x, height: 2 })], chainOf(x)],
    ['changed', [], chainOf(x, { ...y, index: 2 })],
    ['late', [promised('y', 0, 1)], chainOf(x, y)],
    ['late', [promised('y', 9, 1)], chainOf(x, y)],
    ['doubled', [committed(x)], chainOf(x, { ...x, index: 1 })],
    ['invented', [committed(x)], chainOf(x, receiptOf('z', 1, 2))],
  ] as const) {
    it(`says ${word} of ${JSON.stringify(told.map(({ id, kind }) => `${kind} ${id}`))} and ${chain.receipts.length} receipts`, () => {
      const found = verdict([...told], chain)
      assert.ok(found.includes(word), JSON.stringify(found))
    })
  }
})
