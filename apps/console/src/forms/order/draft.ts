import type { Order, OrderPayload } from '@dujiang/market'
import { type DecimalReason, parseEnergy, parsePrice } from '@dujiang/core/units'
import { priceText, volumeText } from '../../market/period/texts.ts'
import type { EnergyShown } from '../../preferences/preferences.ts'

/** What has been typed into the ladder: a row for each period, for each step a price and a volume. */
export interface Draft {
  readonly periods: number
  readonly steps: number
  /** What volumes are typed in. */
  readonly energy: EnergyShown
  readonly texts: readonly (readonly string[])[]
}

/** Why a cell cannot be read, before any rule is asked. */
export interface CellFault {
  readonly row: number
  readonly column: number
  readonly reason: DecimalReason | 'priceMissing' | 'volumeMissing'
}

/** A draft as numbers. What cannot be read is left out of the order and named. */
export interface ReadDraft {
  readonly faults: readonly CellFault[]
  /** Undefined while nothing is offered. */
  readonly order: Offered | undefined
}

/** The columns of an order, as its act carries them. */
export type Offered = Pick<OrderPayload, 'periods' | 'prices' | 'volumesWh'>

export const priceColumn = (step: number): number => (step - 1) * 2
export const volumeColumn = (step: number): number => (step - 1) * 2 + 1
export const stepOfColumn = (column: number): number => Math.floor(column / 2) + 1
export const isVolume = (column: number): boolean => column % 2 === 1

export function emptyDraft(periods: number, steps: number, energy: EnergyShown): Draft {
  return { periods, steps, energy, texts: Array.from({ length: periods }, () => Array<string>(steps * 2).fill('')) }
}

/** An order as somebody would have typed it; periods and steps that a draft does not have are left out. */
export function draftOf(order: Offered | Order, periods: number, steps: number, energy: EnergyShown): Draft {
  const draft = emptyDraft(periods, steps, energy)
  const texts = draft.texts.map((row) => [...row])
  for (const [at, period] of order.periods.entries()) {
    const row = texts[period - 1]
    if (row === undefined) continue
    for (let step = 1; step <= Math.min(steps, order.volumesWh.length); step++) {
      const volume = order.volumesWh[step - 1]?.[at] as number
      if (volume === 0) continue
      row[priceColumn(step)] = priceText(order.prices[step - 1]?.[at] as number)
      row[volumeColumn(step)] = volumeText(volume, energy)
    }
  }
  return { ...draft, texts }
}

export function edited(draft: Draft, edits: readonly { row: number; column: number; text: string }[]): Draft {
  const texts = draft.texts.map((row) => [...row])
  for (const { row, column, text } of edits) {
    const cells = texts[row]
    if (cells !== undefined && column < cells.length) cells[column] = text
  }
  return { ...draft, texts }
}

/** The same draft with volumes in another unit; what cannot be read stays as it was typed. */
export function inEnergy(draft: Draft, energy: EnergyShown): Draft {
  if (draft.energy === energy) return draft
  const texts = draft.texts.map((row) =>
    row.map((text, column) => {
      const read = isVolume(column) ? parseEnergy(text, draft.energy) : undefined
      return read?.ok === true ? volumeText(read.value, energy) : text
    }),
  )
  return { ...draft, energy, texts }
}

export function readDraft({ texts, steps, energy }: Draft): ReadDraft {
  const faults: CellFault[] = []
  const columns: { period: number; prices: number[]; volumes: number[] }[] = []
  for (const [row, cells] of texts.entries()) {
    const prices = Array<number>(steps).fill(0)
    const volumes = Array<number>(steps).fill(0)
    for (let step = 1; step <= steps; step++) {
      const read = readStep(cells, row, step, energy)
      faults.push(...read.faults)
      prices[step - 1] = read.price
      volumes[step - 1] = read.volumeWh
    }
    if (volumes.some((volume) => volume > 0)) columns.push({ period: row + 1, prices, volumes })
  }
  return { faults, order: orderOf(columns) }
}

function readStep(cells: readonly string[], row: number, step: number, energy: EnergyShown) {
  const none = { price: 0, volumeWh: 0 }
  const priceTyped = cells[priceColumn(step)] as string
  const volumeTyped = cells[volumeColumn(step)] as string
  const fault = (column: number, reason: CellFault['reason']): CellFault => ({ row, column, reason })
  if (priceTyped === '' && volumeTyped === '') return { ...none, faults: [] }
  const price = parsePrice(priceTyped, '元/MWh', { negative: true })
  const volume = parseEnergy(volumeTyped, energy)
  const faults: CellFault[] = []
  if (priceTyped === '') faults.push(fault(priceColumn(step), 'priceMissing'))
  else if (!price.ok) faults.push(fault(priceColumn(step), price.reason))
  if (volumeTyped === '') faults.push(fault(volumeColumn(step), 'volumeMissing'))
  else if (!volume.ok) faults.push(fault(volumeColumn(step), volume.reason))
  if (!price.ok || !volume.ok) return { ...none, faults }
  return { price: price.value, volumeWh: volume.value, faults }
}

function orderOf(columns: readonly { period: number; prices: number[]; volumes: number[] }[]): Offered | undefined {
  if (columns.length === 0) return undefined
  const rows = Math.max(...columns.map(({ volumes }) => volumes.findLastIndex((volume) => volume > 0) + 1))
  const by = (pick: (column: { prices: number[]; volumes: number[] }) => number[]): number[][] =>
    Array.from({ length: rows }, (_, step) => columns.map((column) => pick(column)[step] as number))
  return {
    periods: columns.map(({ period }) => period),
    prices: by(({ prices }) => prices),
    volumesWh: by(({ volumes }) => volumes),
  }
}
