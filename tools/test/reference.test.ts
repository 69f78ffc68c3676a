import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Json } from '@dujiang/core/codec'
import { dujiangMarket } from '@dujiang/market'
import { checkReference } from '../src/reference.ts'
import { actsPage } from '../src/reference/acts.ts'
import { refusalsInOrder } from '../src/reference/comments.ts'
import { fieldRows } from '../src/reference/fields.ts'
import { refusalsPage } from '../src/reference/refusals.ts'

describe('reference', () => {
  it('its pages are what the code makes of them now; `npm run reference` writes them', async () => {
    assert.deepEqual(await checkReference(), [])
  })

  it('has a heading for every act and a row for every refusal', () => {
    const market = dujiangMarket()
    const acts = actsPage(market)
    for (const { name } of market.acts) assert.ok(acts.includes(`### ${name}\n`), name)
    const refusals = refusalsPage(market)
    for (const { refusals: own } of market.families)
      for (const [name, { code }] of Object.entries(own.sentences))
        assert.ok(refusals.includes(`| ${code} | \`${name}\` |`), name)
  })

  it('takes the order of refusals from the comment of the act, or of the function it links to', () => {
    const known = (word: string): boolean => ['sessionUnknown', 'notYetOpen', 'gateClosed'].includes(word)
    const expected = ['sessionUnknown', 'notYetOpen', 'gateClosed']
    assert.deepEqual(refusalsInOrder('auction.order.cancel', known), expected)
    assert.deepEqual(refusalsInOrder('auction.order.submit', known), expected)
  })

  it('fails where a comment names no refusal', () => {
    assert.throws(() => refusalsInOrder('auction.order.cancel', () => false), /names no refusal/)
  })

  it('says of a field inside a list of objects where it is, its range and its unit', () => {
    const atMs = {
      type: 'integer',
      minimum: 0,
      maximum: 9,
      'x-unit': 'ms',
      description: 'At',
      'x-description-zh': '时',
    }
    const item = { type: 'object', required: ['atMs'], properties: { atMs } }
    const list = { type: 'array', minItems: 1, maxItems: 2, items: item }
    assert.deepEqual(fieldRows({ type: 'object', required: [], properties: { at: list } }), [
      { path: 'at', form: 'list 1…2 of object, optional', zh: '', en: '' },
      { path: 'at[].atMs', form: 'integer 0 … 9 ms', zh: '时', en: 'At' },
    ])
  })

  it('lists the fields of each object that a union may be, under the name that tells it apart', () => {
    const power = { type: 'integer', minimum: 1, maximum: 9 }
    const alternative = (kind: string, fields: { readonly [name: string]: Json }) => ({
      type: 'object',
      required: ['kind', ...Object.keys(fields)],
      properties: { kind: { const: kind }, ...fields },
    })
    const change = { 'x-tag': 'kind', anyOf: [alternative('set', { power }), alternative('drop', {})] }
    const rows = fieldRows({ type: 'object', required: ['change'], properties: { change } })
    assert.deepEqual(
      rows.map(({ path, form }) => [path, form]),
      [
        ['change', 'one of `set` `drop`'],
        ['change<set>.kind', '`set`'],
        ['change<set>.power', 'integer 1 … 9'],
        ['change<drop>.kind', '`drop`'],
      ],
    )
  })
})
