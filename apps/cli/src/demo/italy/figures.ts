import { formatDecimal, normaliseDecimal } from '@dujiang/core/units'

/** 1 kWh, on which the ledger keeps this exchange's quantities. */
export const LOT_WH = 1_000

/** How many figures of a column were read, and how many the declared grid moved. */
export interface Tally {
  figures: number
  changed: number
}

export const tally = (): Tally => ({ figures: 0, changed: 0 })

/** MWh as published, brought to whole kWh, half up: in Wh, and whether it moved. Undefined when it is no number. */
export function quantityOf(text: string): { readonly wh: number; readonly changed: boolean } | undefined {
  const read = normaliseDecimal(text, { scale: 6, grid: LOT_WH, rounding: 'halfUp' })
  return read.ok ? { wh: read.value, changed: read.changed } : undefined
}

/** EUR/MWh in 10⁻⁵, exactly; undefined when it is no number or has more digits. */
export function priceOf(text: string): number | undefined {
  const read = normaliseDecimal(text, { scale: 5, rounding: 'exact' })
  return read.ok ? read.value : undefined
}

/**
 * A published price in 10⁻⁵ EUR/MWh, half up, and whether it moved. Offers lie on 0.01, so this cannot carry it over the end
 * of an equilibrium interval. Undefined when it is no number.
 */
export function publishedPriceOf(text: string): { readonly value: number; readonly changed: boolean } | undefined {
  const read = normaliseDecimal(text, { scale: 5, rounding: 'halfUp' })
  return read.ok ? read : undefined
}

/** 10⁻⁵ EUR/MWh as EUR/MWh; `digits` behind the point at least. */
export function euros(price: number, digitsMin = 0): string {
  const text = formatDecimal(price, 5)
  const [, fraction = ''] = text.split('.')
  return fraction.length >= digitsMin ? text : formatDecimal(price, 5, { digits: digitsMin })
}

/** Wh as MWh. */
export const megawattHours = (wh: number, digits?: number): string =>
  formatDecimal(wh, 6, digits === undefined ? {} : { digits })
