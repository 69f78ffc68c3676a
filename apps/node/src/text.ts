import { formatInstant } from '@dujiang/core/time'
import { type Rounding, formatDecimal } from '@dujiang/core/units'
import { units } from '@dujiang/testing/province'

/** What every surface of the demonstration says until bids are sealed. */
export const WARNING = '演示链：节点运营方可见申报内容，请勿录入真实报价'
export const WARNING_EN = 'Demonstration chain: whoever operates a node can read the orders; do not enter real bids'

const MWH_SCALE = 6
const PRICE_SCALE = 5
const half: Rounding = 'halfUp'

/** MWh of a volume in Wh, as a bare decimal. */
export const mwh = (volumeWh: number): string => formatDecimal(volumeWh, MWH_SCALE)
/** Yuan/MWh of a price in milli-fen/MWh, as a bare decimal, every digit. */
export const yuan = (price: number): string => formatDecimal(price, PRICE_SCALE)
/** The same to a fen, for a table. */
export const yuanShown = (price: number): string => formatDecimal(price, PRICE_SCALE, { digits: 2, rounding: half })
/** MWh with thousands separators. */
export const mwhShown = (volumeWh: number): string => thousands(mwh(volumeWh))

export const clock = (timeMs: number): string => formatInstant(timeMs).slice(11, 19)
export const unitName = (unit: string): string => units.find((each) => each.unit === unit)?.name ?? unit
export const seconds = (ms: number): string => (ms / 1000).toFixed(2)

/** Pads to so many columns of a terminal, in which a Chinese character takes two. */
export function pad(text: string, columns: number, side: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, columns - widthOf(text)))
  return side === 'left' ? space + text : text + space
}

export function widthOf(text: string): number {
  let width = 0
  for (const character of text) width += (character.codePointAt(0) as number) >= 0x2e80 ? 2 : 1
  return width
}

function thousands(decimal: string): string {
  const [whole, fraction] = decimal.split('.') as [string, string?]
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}
