import { Failure } from '../failure.ts'

export function wholeNumber(option: string, text: string, min: number, max: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (value >= min && value <= max) return value
  throw new Failure(`${option} 取 ${min} 至 ${max} 的整数`, `${option} takes a whole number from ${min} to ${max}`)
}
