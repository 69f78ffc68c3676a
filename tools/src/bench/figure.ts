import { availableParallelism, cpus } from 'node:os'

/** One measured number beside what it is held against. */
export interface Figure {
  /** Begins with the name by which the command asks for it alone. */
  readonly bar: string
  readonly value: number
  readonly unit: string
  /** Measured in the same run, or a number from the design; absent when the figure stands by itself. */
  readonly limit?: number
  /** What the limit is and which ratio is asked for. */
  readonly note?: string
}

export const machine = `${availableParallelism()} cores ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.version}`

/** The figure as one line of JSON: exactly these names, `null` where nothing is held against it. */
export function figureLine({ bar, value, unit, limit }: Figure): string {
  return JSON.stringify({ bar, value, unit, limit: limit ?? null, ratio: ratioOf(value, limit) ?? null, machine })
}

/** The figure for people. */
export function figureText({ bar, value, unit, limit, note }: Figure): string {
  const ratio = ratioOf(value, limit)
  const against = limit === undefined ? '' : `limit ${short(limit)}  ratio ${ratio?.toFixed(3)}`
  return `${bar.padEnd(54)} ${short(value).padStart(10)} ${unit.padEnd(12)} ${against.padEnd(34)} ${note ?? ''}`.trimEnd()
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The value below which `part` of them lie, by nearest rank; of none, NaN. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

function ratioOf(value: number, limit: number | undefined): number | undefined {
  return limit === undefined ? undefined : value / limit
}

function short(value: number): string {
  return value >= 1_000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)
}
