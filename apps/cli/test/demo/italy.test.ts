import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { dujiang } from '../run.ts'
import { csv, smallExchange, zonePrices } from './italy-files.ts'

interface Line {
  readonly day: string
  readonly period: number
  readonly [field: string]: unknown
}

const linesOf = (out: string): Line[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)

const firstDay: readonly Line[] = [
  {
    day: '2025-04-01',
    period: 1,
    low: '50',
    high: '50',
    price: '50',
    volume: '35',
    published: '50',
    oneprice: true,
    inside: true,
  },
  {
    day: '2025-04-01',
    period: 2,
    low: '20',
    high: '20',
    price: '20',
    volume: '35',
    published: '20',
    oneprice: true,
    inside: true,
  },
  {
    day: '2025-04-01',
    period: 3,
    low: '20',
    high: '20',
    price: '20',
    volume: '35',
    published: null,
    oneprice: false,
    inside: null,
  },
]

describe('dujiang demo italy', () => {
  let dir = ''
  let source = ''
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'dujiang-italy-test-'))
    source = join(dir, 'exchange')
    await smallExchange(source)
  })
  after(() => rm(dir, { recursive: true }))

  const italy = (...args: string[]) => dujiang(['demo', 'italy', ...args])

  it('[ITALY-1] prints one line an hour, counts exports as demand and imports as supply, and compares only where there is one price', async () => {
    const { status, out, err } = await italy('--data', source, '--days', '1', '--json')
    assert.equal(status, 0, err)
    assert.deepEqual(linesOf(out), firstDay)
    assert.match(err, /moved 6 \/ 15 of the days asked for, 12 \/ 30 of the whole file/)
    assert.match(err, /Receipts verified offline: 4 of 4; the book and the check of 3 of 3 hours/)
    assert.deepEqual((await readdir(source)).length, 3, 'a ledger was laid among the files of the exchange')
  })

  it('brings to a kept ledger only what is not on it yet, and prints the same of it again', async () => {
    const ledger = join(dir, 'kept')
    const first = await italy('--data', ledger, '--source', source, '--days', '1', '--json')
    assert.equal(first.status, 0, first.err)
    const both = await italy('--data', source, '--ledger', ledger, '--days', '1-2', '--json')
    assert.equal(both.status, 0, both.err)
    assert.equal(linesOf(both.out).length, 6)
    assert.ok(both.out.startsWith(first.out))
    assert.match(both.err, /Receipts verified offline: 8 of 8/)
    const again = await italy('--data', ledger, '--source', source, '--days', '1', '--json')
    assert.deepEqual(again, first)
  })

  it('[ITALY-4] says null where nothing was published, until a further file says what', async () => {
    const unknown = linesOf((await italy('--data', source, '--days', '2', '--json')).out)
    assert.deepEqual(
      unknown.map(({ published, oneprice, inside }) => [published, oneprice, inside]),
      Array(3).fill([null, null, null]),
    )
    const file = join(dir, 'prices.csv')
    const rows = ['1', '2', '3'].flatMap((period) => zonePrices(`2025-04-02 ${period}`, '50.000004'))
    await writeFile(file, csv('prices', rows))
    const { status, out, err } = await italy('--data', source, '--days', '2', '--prices', file, '--json')
    assert.deepEqual(
      linesOf(out).map(({ published, oneprice, inside }) => [published, oneprice, inside]),
      [
        ['50', true, true],
        ['50', true, false],
        ['50', true, false],
      ],
    )
    assert.match(err, /Published prices brought to 0.00001 EUR\/MWh, half up: moved 21 \/ 42/)
    assert.equal(status, 0, 'a price outside its interval is a finding, not a failure of the record')
  })

  it('[ITALY-5] keeps a record made from other files, says so and ends with 1', async () => {
    const ledger = join(dir, 'other')
    await italy('--data', ledger, '--source', source, '--days', '1', '--json')
    const changed = join(dir, 'changed')
    await smallExchange(changed, {
      prices: ['1', '2', '3'].flatMap((period) => zonePrices(`2025-04-01 ${period}`, '50.0')),
    })
    const { status, out, err } = await italy('--data', ledger, '--source', changed, '--days', '1', '--json')
    assert.equal(status, 1)
    assert.deepEqual(linesOf(out), firstDay)
    assert.match(err, /2 hours were on record from other files/)
  })

  it('prints a table a day and a summary for people, in either language', async () => {
    const english = await italy('--data', source, '--days', '1')
    assert.equal(english.status, 0)
    assert.match(english.out, /^ +1 +50\.00 +50\.00 +50\.00 +35\.000 +50\.00 {2}equal$/m)
    assert.match(english.out, /^ +3 .* 1\.50…20\.00 {2}the network was binding \(zones differ\)$/m)
    assert.match(english.out, /2 hours with one published price: inside the equilibrium interval 2 of 2/)
    const chinese = await dujiang(['demo', 'italy', '--data', source, '--days', '1'], { lang: 'zh_CN.UTF-8' })
    assert.match(chinese.out, /外部验证/)
    assert.match(chinese.out, /网络受限/)
  })

  it('refuses a folder that is neither, days it cannot read or find, and the ledger of another chain', async () => {
    const foreign = join(dir, 'foreign')
    await writeFile(join(dir, 'stray.txt'), '')
    assert.match((await italy('--data', dir, '--source', source)).err, /is not the folder of a ledger/)
    assert.match((await italy('--data', source, '--days', '2-1')).err, /names no days of a month/)
    assert.match((await italy('--data', source, '--days', '3')).err, /has no day 3/)
    await italy('--data', foreign, '--source', source, '--days', '1')
    await writeFile(join(foreign, 'genesis.json'), '{}')
    const { status, err } = await italy('--data', foreign, '--source', source, '--days', '1')
    assert.equal(status, 2)
    assert.match(err, /cannot open the ledger .*another chain/)
  })
})
