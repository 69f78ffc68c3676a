import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, it } from 'node:test'
import { Audit, readGenesis, verifyReceipt, verifyState } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { trivialApp } from '@dujiang/testing/trivial'
import { staleSpecFiles } from '../src/spec.ts'

const folder = resolve(import.meta.dirname, '../../spec/vectors/chain')
const read = (name: string): Uint8Array => readFileSync(resolve(folder, name))

describe('spec', () => {
  it('its files are what the code makes of them now; `node tools/src/spec.ts` writes them', () => {
    assert.deepEqual(staleSpecFiles(), [])
  })

  it('its chain passes an audit from the files alone', () => {
    const audit = new Audit(trivialApp(), nodeCrypto, read('genesis.json'))
    const lines = new TextDecoder().decode(read('blocks.ndjson')).trimEnd().split('\n')
    assert.ok(lines.length > 5)
    for (const line of lines) assert.equal(audit.next(new TextEncoder().encode(line)), undefined)
  })

  it('its proofs verify from the files alone', () => {
    const founded = readGenesis(nodeCrypto.sha256, read('genesis.json'))
    const receipt = verifyReceipt(nodeCrypto, founded, read('receipt.json'))
    assert.ok(receipt.ok && receipt.act !== undefined)
    const due = verifyReceipt(nodeCrypto, founded, read('receipt-due.json'))
    assert.ok(due.ok && due.receipt.kind === 'due')
    const row = verifyState(nodeCrypto, founded, read('row.json'))
    assert.ok(row.ok && row.value !== undefined)
    const absent = verifyState(nodeCrypto, founded, read('row-absent.json'))
    assert.ok(absent.ok && absent.value === undefined)
  })
  it('its proof across changes of the validators verifies from the files alone, and names the keys on the way', () => {
    const file = (name: string): Uint8Array => readFileSync(resolve(folder, '../trust', name))
    const founded = readGenesis(nodeCrypto.sha256, file('genesis.json'))
    const row = verifyState(nodeCrypto, founded, file('row.json'))
    assert.ok(row.ok && row.value !== undefined)
    assert.ok(row.trusts.length > founded.genesis.validators.length)
  })
})
