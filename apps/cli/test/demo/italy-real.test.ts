import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { sharedDir } from '@dujiang/testing/shared'
import { dujiang } from '../run.ts'

interface Line {
  readonly low: string
  readonly high: string
  readonly oneprice: boolean
  readonly inside: boolean | null
}

const shared = sharedDir()
const source = shared === undefined ? undefined : join(shared, 'data/italy_mgp')
const absent =
  source === undefined || !existsSync(source) ? 'data/italy_mgp not present: skipped the real exchange' : false

/** How many of these days' hours had one published price, how many of those are single-valued, how many had several. */
async function check(days: string, hours: number, one: number, single: number): Promise<void> {
  const { status, out, err } = await dujiang(['demo', 'italy', '--data', source as string, '--days', days, '--json'])
  assert.equal(status, 0, err)
  const lines = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
  assert.equal(lines.length, hours)
  const ones = lines.filter(({ oneprice }) => oneprice)
  assert.equal(ones.length, one)
  assert.deepEqual(
    ones.filter(({ inside }) => inside !== true),
    [],
  )
  assert.equal(ones.filter(({ low, high }) => low === high).length, single)
  assert.match(err, /17,175 \/ 535,765 of the whole file/)
  assert.match(err, new RegExp(`${hours} of ${hours} hours are proved by a verified receipt`))
}

describe('the real exchange', () => {
  it('[ITALY-3] has every one price of two days inside the interval the ledger derives', { skip: absent }, () =>
    check('1-2', 48, 43, 34),
  )

  const long = process.env['DUJIANG_LONG'] === '1' ? absent : 'DUJIANG_LONG=1 runs all 15 days'
  it('[ITALY-3] has all 317 one prices of 15 days inside, 251 of them the only price', { skip: long }, () =>
    check('1-15', 360, 317, 251),
  )
})
