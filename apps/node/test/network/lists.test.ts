import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { listsByDefault, listsSetting, readListsAt } from '../../src/network/lists.ts'
import { Trouble } from '../../src/trouble.ts'

const orgs = ['SCPX', 'DADUHE', 'HUADIAN']

describe('which nodes of the sample network keep lists', () => {
  it('are all, none, or those that are named', () => {
    assert.equal(readListsAt('all', orgs), 'all')
    assert.equal(readListsAt('none', orgs), 'none')
    assert.deepEqual(readListsAt('DADUHE,SCPX', orgs), ['DADUHE', 'SCPX'])
    assert.throws(() => readListsAt('SCPX,SGCC', orgs), Trouble)
    assert.throws(() => readListsAt('', orgs), Trouble)
  })

  it('are all unless told where there is memory for it, else the exchange’s', () => {
    assert.equal(listsByDefault(16_600_000_000), 'all')
    assert.equal(listsByDefault(8_000_000_000), 'SCPX')
  })

  it('keep them in their own folder unless told', () => {
    assert.deepEqual(orgs.map(listsSetting('all')), ['', '', ''])
    assert.deepEqual(orgs.map(listsSetting('none')), ['none', 'none', 'none'])
    assert.deepEqual(orgs.map(listsSetting(['DADUHE'])), ['none', '', 'none'])
  })

  it('have a database each on a server', () => {
    const each = 'postgres://127.0.0.1/dujiang_{org}'
    assert.deepEqual(orgs.slice(0, 2).map(listsSetting('all', each)), [
      'postgres://127.0.0.1/dujiang_scpx',
      'postgres://127.0.0.1/dujiang_daduhe',
    ])
    const one = 'postgres://127.0.0.1/dujiang'
    assert.deepEqual(orgs.map(listsSetting(['SCPX'], one)), [one, 'none', 'none'])
    assert.throws(() => listsSetting('all', one), Trouble)
    assert.throws(() => listsSetting(['SCPX', 'DADUHE'], one), Trouble)
  })
})
