import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

export const ZONES = ['NORD', 'CNOR', 'CSUD', 'SUD', 'CALA', 'SICI', 'SARD']

const header = {
  bids: 'timestamp,delivery_day,period,zone,side,price_eur_per_mwh,quantity_mwh',
  exchanges: 'timestamp,delivery_day,period,zone,external_zone,exchange_mwh',
  prices: 'timestamp,delivery_day,period,zone,price_eur_per_mwh',
}

/** `day period zone …` as a row of the exchange's files. */
const row = (text: string): string => {
  const [day, ...rest] = text.split(' ') as [string, ...string[]]
  return `${day}T00:00:00+02:00,${day},${rest.join(',')}`
}

export const csv = (kind: keyof typeof header, rows: readonly string[]): string =>
  `${[header[kind], ...rows.map(row)].join('\n')}\n`

/** Prices of the seven zones in an hour: one for all, but for those named. */
export const zonePrices = (hour: string, price: string, other: { readonly [zone: string]: string } = {}): string[] =>
  ZONES.map((zone) => `${hour} ${zone} ${other[zone] ?? price}`)

/**
 * Two days of three hours, of which the first has published prices. In the first hour an export of 30 MWh makes the last
 * seller (50 EUR) marginal, in the others an import of 25 MWh the first (20 EUR); in the third, zones differ.
 */
export async function smallExchange(dir: string, over: { readonly prices?: readonly string[] } = {}): Promise<void> {
  const days = ['2025-04-01', '2025-04-02']
  const hours = days.flatMap((day) => [1, 2, 3].map((period) => `${day} ${period}`))
  const bids = hours.flatMap((hour) => [
    `${hour} NORD supply 20.0 19.999999999999996`,
    `${hour} SICI supply 50.0 20.0`,
    `${hour} SARD supply 60.0 0.0004`,
    `${hour} CSUD demand 40.5 30.0`,
    `${hour} CSUD demand 4000.0 5.0`,
  ])
  const exchanges = hours.flatMap((hour) => {
    const export30 = hour.endsWith('1')
    return [`${hour} NORD FRAN ${export30 ? '32.0' : '-25.0'}`, `${hour} SUD GREC ${export30 ? '-2.0' : '0.0'}`]
  })
  const prices = [
    ...zonePrices('2025-04-01 1', '50.0'),
    ...zonePrices('2025-04-01 2', '20.0'),
    ...zonePrices('2025-04-01 3', '20.0', { SARD: '1.5' }),
  ]
  await mkdir(dir, { recursive: true })
  const file = (name: string, text: string) => writeFile(join(dir, name), gzipSync(text))
  await file('bid-curves.csv.gz', csv('bids', bids))
  await file('published-exchanges.csv.gz', csv('exchanges', exchanges))
  await file('published-prices_days01-15.csv.gz', csv('prices', over.prices ?? prices))
}
