import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { readCsv } from '../../src/demo/italy/csv.ts'
import { daysOf } from '../../src/demo/italy/days.ts'
import { readBids } from '../../src/demo/italy/bids.ts'
import { readExchanges } from '../../src/demo/italy/exchanges.ts'
import { type Prices, readPrices } from '../../src/demo/italy/prices.ts'
import { ZONES, csv, zonePrices } from './italy-files.ts'

let dir = ''
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dujiang-italy-input-'))
})
after(() => rm(dir, { recursive: true }))

const file = async (text: string | Uint8Array, name = 'a.csv'): Promise<string> => {
  const path = join(dir, name)
  await writeFile(path, text)
  return path
}
const refused = async (reading: Promise<unknown>, why: RegExp) => assert.rejects(reading, why)
const HOUR = '2025-04-01 1'

describe('days of a month', () => {
  it('come ascending and each once', () => {
    assert.deepEqual(daysOf('1,4-6'), [1, 4, 5, 6])
    assert.deepEqual(daysOf('3'), [3])
    assert.deepEqual(daysOf('5-6, 1-2,2'), [1, 2, 5, 6])
  })

  it('refuse what is no ascending list of days', () => {
    for (const text of ['', '0', '32', '2-1', '1-', '-1', '1,,2', 'x', '1.5', '01', '1-2-3']) {
      assert.throws(() => daysOf(text), /1,4-6/, text)
    }
  })
})

describe('a CSV file', () => {
  const rowsOf = async (path: string): Promise<(readonly string[])[]> => {
    const rows: (readonly string[])[] = []
    assert.equal(
      await readCsv(path, ['a', 'b'], (fields) => {
        rows.push(fields)
        return undefined
      }),
      rows.length,
    )
    return rows
  }

  it('is read row by row, compressed or not, with or without a last line feed', async () => {
    const rows = [
      ['1', '2'],
      ['3', ''],
    ]
    assert.deepEqual(await rowsOf(await file('a,b\n1,2\n3,\n')), rows)
    assert.deepEqual(await rowsOf(await file('a,b\n1,2\n3,')), rows)
    assert.deepEqual(await rowsOf(await file(gzipSync('a,b\n1,2\n3,\n'), 'a.csv.gz')), rows)
  })

  it('is refused by line for another header, other fields, quotes and empty lines', async () => {
    for (const [text, line] of [
      ['', 1],
      ['a,b,c\n', 1],
      ['\ufeffa,b\n', 1],
      ['a,b\n1,2\n1,2,3\n', 3],
      ['a,b\n\n1,2\n', 2],
      ['a,b\n"1",2\n', 2],
    ] as const) {
      await refused(rowsOf(await file(text)), new RegExp(`(line ${line}:|第 ${line} 行)`))
    }
  })

  it('is refused when its compressed bytes are cut short or it is not there', async () => {
    const whole = gzipSync(`a,b\n${'1,2\n'.repeat(1000)}`)
    await refused(rowsOf(await file(whole.subarray(0, whole.length - 9), 'cut.csv.gz')), /Z_BUF_ERROR/)
    await refused(rowsOf(join(dir, 'absent.csv.gz')), /ENOENT/)
  })
})

describe('bids', () => {
  const bidsOf = async (...rows: string[]) => readBids(await file(csv('bids', rows)), [1])

  it('[ITALY-2] come on whole kWh, half up, counted where they moved; less than half a kWh is no step', async () => {
    const { hours, all, asked } = await bidsOf(
      `${HOUR} NORD supply 34.5 74.89999999999999`,
      `${HOUR} SUD supply -500.0 0.0005`,
      `${HOUR} SUD supply 1 0.00049`,
      `${HOUR} SUD demand 4000.0 2.3`,
      '2025-04-02 1 SUD demand 4000.0 2.3001',
    )
    assert.deepEqual(hours.get('2025-04-01')?.get(1), {
      supply: { prices: [3_450_000, -50_000_000], volumesWh: [74_900_000, 1_000] },
      demand: { prices: [400_000_000], volumesWh: [2_300_000] },
    })
    assert.deepEqual(
      [all, asked],
      [
        { figures: 5, changed: 4 },
        { figures: 4, changed: 3 },
      ],
    )
    assert.equal(hours.size, 1)
  })

  it('are refused with another zone, side, hour, day, a negative quantity or a price finer than the ledger’s', async () => {
    for (const [row, field] of [
      [`${HOUR} FRAN supply 1 1`, 'zone'],
      [`${HOUR} NORD buy 1 1`, 'side'],
      ['2025-04-01 26 NORD supply 1 1', 'period'],
      ['2025-4-01 1 NORD supply 1 1', 'delivery_day'],
      [`${HOUR} NORD supply 1 -1`, 'quantity_mwh'],
      [`${HOUR} NORD supply 1 1,5`, 'fields'],
      [`${HOUR} NORD supply 1.000001 1`, 'price_eur_per_mwh'],
    ] as const) {
      await refused(bidsOf(row), field === 'fields' ? /7 (fields|个字段)/ : new RegExp(field))
    }
  })
})

describe('exchanges with neighbours', () => {
  const exchangesOf = async (...rows: string[]) => readExchanges(await file(csv('exchanges', rows)))

  it('add up to the net export of an hour', async () => {
    const exports = await exchangesOf(`${HOUR} NORD FRAN -2675.4`, `${HOUR} SARD COAC 25.1`, `${HOUR} CNOR CORS 0.0`)
    assert.deepEqual([...exports], [[HOUR, -2_650_300_000]])
  })

  it('are refused between two of the zones, given twice, or where an hour lacks a link', async () => {
    await refused(exchangesOf(`${HOUR} NORD CNOR 1`), /external_zone/)
    await refused(exchangesOf(`${HOUR} FRAN NORD 1`), /zone/)
    await refused(exchangesOf(`${HOUR} NORD FRAN 1`, `${HOUR} NORD FRAN 1`), /NORD-FRAN/)
    await refused(exchangesOf(`${HOUR} NORD FRAN 1`, `${HOUR} NORD AUST 1`, '2025-04-01 2 NORD FRAN 1'), /2025-04-01 2/)
  })
})

describe('published prices', () => {
  const pricesOf = async (...rows: string[]) => {
    const into: Prices = { hours: new Map(), figures: { figures: 0, changed: 0 } }
    await readPrices(await file(csv('prices', rows)), into)
    return into.hours
  }

  it('are one where all seven zones agree, whatever neighbours have, and one a zone where they do not', async () => {
    const hours = await pricesOf(
      ...zonePrices(HOUR, '95.03007'),
      `${HOUR} FRAN 1.0`,
      `${HOUR} PUN x`,
      ...zonePrices('2025-04-01 2', '80.0', { SICI: '-1.5' }),
    )
    assert.deepEqual(hours.get(HOUR), { price: 9_503_007 })
    assert.deepEqual(hours.get('2025-04-01 2'), {
      areaPrices: ZONES.map((area) => ({ area, price: area === 'SICI' ? -150_000 : 8_000_000 })),
    })
  })

  it('are refused where a zone is given twice or not at all', async () => {
    const rows = zonePrices(HOUR, '1')
    await refused(pricesOf(...rows, `${HOUR} NORD 1`), /NORD/)
    await refused(pricesOf(...rows.slice(1)), /NORD/)
  })
})
