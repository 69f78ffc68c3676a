import type { RowFault } from './csv.ts'

/** The zones of the national market; every other name in the files is a neighbour. */
export const ZONES = ['NORD', 'CNOR', 'CSUD', 'SUD', 'CALA', 'SICI', 'SARD'] as const
export const zones: ReadonlySet<string> = new Set(ZONES)

const PERIODS_MAX = 25

/** Names an hour in the files: day and period. */
export const hourKey = (date: string, period: number): string => `${date} ${period}`

/** The period of a row, undefined when it is none. A day has 23 to 25 hours where clocks change. */
export function periodOf(text: string | undefined): number | undefined {
  const period = Number(text)
  return text !== undefined && /^[1-9][0-9]?$/.test(text) && period <= PERIODS_MAX ? period : undefined
}

export const isDate = (text: string | undefined): text is string =>
  text !== undefined && /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)

export const unreadableField = (name: string, value: string | undefined): RowFault => ({
  zh: `${name} 的值“${value ?? ''}”无法识别`,
  en: `${name} cannot be "${value ?? ''}"`,
})
