import { daysInMonth } from '@dujiang/core/time'

export type Season = 'dry' | 'wet'

/** A month of delivery, such as December 2026. */
export interface Month {
  readonly year: number
  readonly month: number
}

/** The month of a fresh ledger's first session. */
const FIRST_MONTH: Month = { year: 2026, month: 12 }

/** 丰水期 is June to October; the shoulder months May and November count with the dry ones (枯平水期) here. */
export const seasonOf = ({ month }: Month): Season => (month >= 6 && month <= 10 ? 'wet' : 'dry')

const nextMonth = ({ year, month }: Month): Month =>
  month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 }

/**
 * The month a further session is for: the one after `last`, or the next one of the season asked for.
 * @example monthAfter({ year: 2026, month: 12 }, 'wet') // { year: 2027, month: 6 }
 */
export function monthAfter(last: Month | undefined, season: Season | undefined): Month {
  let month = last === undefined ? FIRST_MONTH : nextMonth(last)
  while (season !== undefined && seasonOf(month) !== season) month = nextMonth(month)
  return month
}

/** `2026-12`. */
export const monthText = ({ year, month }: Month): string => `${year}-${String(month).padStart(2, '0')}`

/** The month of a text as {@link monthText} writes it, or undefined. */
export function readMonth(text: string): Month | undefined {
  const found = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text)
  return found === null ? undefined : { year: Number(found[1]), month: Number(found[2]) }
}

export const daysOf = ({ year, month }: Month): number => daysInMonth(year, month)
