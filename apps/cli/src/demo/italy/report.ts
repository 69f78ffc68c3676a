import { say } from '../../language.ts'
import { type Tally, euros, megawattHours } from './figures.ts'
import { type HourOnRecord, type Standing, standingOf } from './hours.ts'
import type { Month } from './source.ts'

/** What the exchange's figures are, and what reading them changed. */
export function sourceLines(month: Month): string[] {
  const moved = ({ changed, figures }: Tally) => `${count(changed)} / ${count(figures)}`
  const { prices } = month
  return [
    say(
      '外部验证：意大利日前市场 MGP。真实申报按区域、价格汇总，七区合为一场；与境外的公布交换电量按固定电量计入。',
      'External check: the Italian day-ahead market MGP. Real bids, summed by zone and price; seven zones as one session, with the published exchanges with neighbours as fixed volume.',
    ),
    say(
      `电量规整到 1 千瓦时（四舍五入）：所选日期改动 ${moved(month.asked)}，全文件 ${moved(month.all)}。`,
      `Quantities brought to 1 kWh, half up: moved ${moved(month.asked)} of the days asked for, ${moved(month.all)} of the whole file.`,
    ),
    ...(prices.changed === 0
      ? []
      : [
          say(
            `公布价格规整到 0.00001 欧元/兆瓦时（四舍五入）：改动 ${moved(prices)}。`,
            `Published prices brought to 0.00001 EUR/MWh, half up: moved ${moved(prices)}.`,
          ),
        ]),
    say(
      '定价规则：取均衡区间中点，价位 0.01 欧元/兆瓦时；核对看公布价是否在区间内。',
      'Price rule: the middle of the equilibrium interval, tick 0.01 EUR/MWh; what is checked is whether the published price lies in the interval.',
    ),
  ]
}

/** One day as a table. */
export function dayLines(date: string, hours: readonly HourOnRecord[]): string[] {
  const head = [
    say('时段', 'Hour'),
    say('区间低', 'Low'),
    say('区间高', 'High'),
    say('账本价', 'Price'),
    say('成交量', 'Volume'),
    say('公布价', 'Published'),
    say('核对', 'Check'),
  ]
  const rows = [head, ...hours.map((hour) => [...cellsOf(hour), words[standingOf(hour)]()])]
  const widths = head.map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] as string))))
  const title = say(`${date}（电量 MWh，价格 EUR/MWh）`, `${date} (volume in MWh, prices in EUR/MWh)`)
  return ['', title, ...rows.map((row) => row.map((cell, at) => padded(cell, widths[at] as number, at)).join('  '))]
}

function cellsOf({ period, row: { result, published } }: HourOnRecord): string[] {
  const price = (value: number | undefined) => (value === undefined ? '–' : euros(value, 2))
  const { low, high } = result.interval
  const areas = (published.areaPrices ?? []).map((area) => area.price)
  const several = areas.length > 0 ? `${price(Math.min(...areas))}…${price(Math.max(...areas))}` : undefined
  return [
    String(period),
    price(low),
    price(high),
    price(result.price),
    megawattHours(result.volumeWh, 3),
    several ?? price(published.price),
  ]
}

const words: Readonly<Record<Standing, () => string>> = {
  equal: () => say('相同', 'equal'),
  inside: () => say('区间内', 'inside'),
  outside: () => say('区间外！', 'OUTSIDE'),
  several: () => say('网络受限（各区价格不同）', 'the network was binding (zones differ)'),
  unknown: () => say('无公布价', 'nothing published'),
}

/** How all hours stand to what was published. */
export function summaryLines(hours: readonly HourOnRecord[]): string[] {
  const standings = hours.map(standingOf)
  const number = (...which: Standing[]) => standings.filter((each) => which.includes(each)).length
  const inside = number('equal', 'inside')
  const one = inside + number('outside')
  const single = hours.filter((hour, at) => {
    const { low, high } = hour.row.result.interval
    return standings[at] !== 'several' && standings[at] !== 'unknown' && low !== undefined && low === high
  }).length
  const [several, unknown] = [number('several'), number('unknown')]
  return [
    '',
    say(
      `共 ${hours.length} 小时。七区同价 ${one} 小时：公布价在均衡区间内 ${inside} / ${one}；其中区间为单一价格 ${single} 小时。`,
      `${hours.length} hours. ${one} hours with one published price: inside the equilibrium interval ${inside} of ${one}; single-price interval in ${single}.`,
    ),
    say(
      `各区价格不同 ${several} 小时：网络受限，一个全国价格不适用，不作比较。`,
      `${several} hours with several prices: the network was binding, one national price does not apply and is not compared.`,
    ),
    ...(unknown === 0
      ? []
      : [
          say(
            `无公布价 ${unknown} 小时（可用 --prices 提供）。`,
            `${unknown} hours without a published price (--prices brings them).`,
          ),
        ]),
  ]
}

const count = (value: number): string => String(value).replace(/\B(?=(?:[0-9]{3})+$)/g, ',')

/** All but the words at the end stand at the right of their column. */
function padded(cell: string, width: number, column: number): string {
  const space = ' '.repeat(width - widthOf(cell))
  return column < 6 ? space + cell : cell
}

/** Columns of a terminal: a Chinese character takes two. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + (/[\u2e80-\uffef]/.test(character) ? 2 : 1), 0)
