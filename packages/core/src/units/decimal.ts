import { endOfDigits, unexpected } from './characters.ts'
import { failure, type ParseFailure, type Parsed } from './parsed.ts'

/** Why a decimal was not understood; the names are permanent, SPEC.md lists them with their facts. */
export type DecimalReason =
  | 'empty'
  | 'badCharacter'
  | 'missingDigit'
  | 'leadingZero'
  | 'negativeZero'
  | 'negativeNotAllowed'
  | 'tooManyDigits'
  | 'outOfRange'

export interface DecimalOptions {
  /** Is a leading minus understood? No, unless told so. */
  readonly negative?: boolean
}

const SCALE_MAX = 15
const SAFE_DIGITS = 16 // 2^53−1 has sixteen: more digits before the point cannot fit

/**
 * A decimal written by a person, as a whole number of 10^−scale. Rules DEC-1 to DEC-4: nothing is rounded, guessed or
 * trimmed; whatever is not plain is refused at its character.
 * `scale` is how many digits may follow the point, 0 to 15; the value lies within ±(2^53−1).
 * @example parseDecimal('12.5', 6) // { ok: true, value: 12_500_000 }
 * @example parseDecimal('1,200', 2)
 * // { ok: false, at: 1, reason: 'badCharacter', facts: { character: ',', kind: 'thousandsSeparator' } }
 */
export function parseDecimal(text: string, scale: number, options: DecimalOptions = {}): Parsed<number, DecimalReason> {
  requireScale(scale)
  if (text === '') return failure(0, 'empty')

  const minus = text.startsWith('-')
  if (minus && options.negative !== true) return failure(0, 'negativeNotAllowed')
  const wholeStart = minus ? 1 : 0
  const wholeEnd = endOfDigits(text, wholeStart)
  const hasPoint = text[wholeEnd] === '.'
  const fractionStart = hasPoint ? wholeEnd + 1 : wholeEnd
  const end = hasPoint ? endOfDigits(text, fractionStart) : wholeEnd
  const fractionDigits = end - fractionStart

  if (wholeEnd === wholeStart) return unexpected(text, wholeStart, 'digit')
  if (wholeEnd - wholeStart > 1 && text[wholeStart] === '0') return failure(wholeStart, 'leadingZero')
  if (hasPoint && fractionDigits === 0) return unexpected(text, end, 'digit')
  if (end < text.length) return unexpected(text, end, 'end')
  if (fractionDigits > scale) {
    // Where no digit may follow, the point itself is already too much.
    const at = scale === 0 ? wholeEnd : fractionStart + scale
    return failure(at, 'tooManyDigits', { digitsMax: scale, digits: fractionDigits })
  }

  // Judged before the conversion, so that a megabyte of digits costs nothing.
  if (wholeEnd - wholeStart > SAFE_DIGITS) return outOfRange(wholeStart)
  const digits = text.slice(wholeStart, wholeEnd) + text.slice(fractionStart, end)
  const magnitude = BigInt(digits) * 10n ** BigInt(scale - fractionDigits)
  if (magnitude > BigInt(Number.MAX_SAFE_INTEGER)) return outOfRange(wholeStart)
  if (minus && magnitude === 0n) return failure(0, 'negativeZero')
  return { ok: true, value: Number(minus ? -magnitude : magnitude) }
}

/** The refusal of a value past ±(2^53−1). */
export function outOfRange(at: number): ParseFailure<'outOfRange'> {
  return failure(at, 'outOfRange', { magnitudeMax: Number.MAX_SAFE_INTEGER })
}

/** Throws RangeError when `scale` is not a whole number of digits from 0 to 15. */
export function requireScale(scale: number): void {
  if (!Number.isInteger(scale) || scale < 0 || scale > SCALE_MAX) {
    throw new RangeError(`scale ${scale} is not a whole number from 0 to ${SCALE_MAX}`)
  }
}
