import { Failure } from '../../failure.ts'

/**
 * Days of the month, ascending and each once. Refuses what is no list of days or ascending ranges.
 * @example daysOf('1,4-6') // [1, 4, 5, 6]
 */
export function daysOf(text: string): readonly number[] {
  const days = new Set<number>()
  for (const part of text.split(',')) {
    const range = /^([1-9][0-9]?)(?:-([1-9][0-9]?))?$/.exec(part.trim())
    const first = Number(range?.[1])
    const last = Number(range?.[2] ?? first)
    if (range === null || last > 31 || first > last) throw unusable(text)
    for (let day = first; day <= last; day++) days.add(day)
  }
  return [...days].sort((a, b) => a - b)
}

const unusable = (text: string): Failure =>
  new Failure(
    `日期“${text}”无法识别，应如 1-15、3 或 1,4-6`,
    `"${text}" names no days of a month; write 1-15, 3 or 1,4-6`,
  )
