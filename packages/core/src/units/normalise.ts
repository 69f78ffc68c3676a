import { endOfDigits, unexpected } from './characters.ts'
import { type DecimalReason, outOfRange, requireScale } from './decimal.ts'
import { failure, type Parsed, type ParseFailure } from './parsed.ts'
import { safeInteger } from './quantity.ts'
import { divideRounded, type Rounding } from './rounding.ts'

/** The declaration an importer makes before it reads a column. */
export interface Normalisation {
  /** The value is a whole number of 10^−scale of what the text says: 6 reads MWh as Wh. 0 to 15. */
  readonly scale: number
  /** The value is a multiple of this many such units; 1 unless told otherwise: 100_000 keeps Wh on 0.1 MWh. */
  readonly grid?: number
  readonly rounding: Rounding
}

export interface Normalised {
  readonly ok: true
  readonly value: number
  /** Did the value move? The importer counts these and reports them. */
  readonly changed: boolean
  /**
   * How far it moved, in millionths of a grid step, rounded up: 0 only when nothing moved. Float dirt is 1, a figure that
   * really had more digits is far above, so a report can tell the two apart.
   */
  readonly movedPpmOfGrid: number
}

/** The reasons of `parseDecimal` that apply, and: `notOnGrid` under `exact`; `tooLong`, more characters than a number needs. */
export type NormaliseReason =
  | Extract<DecimalReason, 'empty' | 'badCharacter' | 'missingDigit' | 'leadingZero' | 'outOfRange'>
  | 'notOnGrid'
  | 'tooLong'

/** Longer than the longest exact double, short enough that bigint arithmetic costs nothing. */
const LENGTH_MAX = 1_200
/** Doubles end near 10^±324; anything beyond is not data. */
const EXPONENT_MAX = 400

/**
 * A number from an exchanged file, brought to a declared grid. Rules NORM-1 to NORM-3. It understands exactly the numbers
 * of JSON (`-0.5`, `1e-7`), calculates in integers and says whether the value moved; `exact` refuses instead of moving.
 * @example normaliseDecimal('74.89999999999999', { scale: 6, grid: 100_000, rounding: 'halfUp' })
 * // { ok: true, value: 74_900_000, changed: true, movedPpmOfGrid: 1 }
 */
export function normaliseDecimal(text: string, how: Normalisation): Normalised | ParseFailure<NormaliseReason> {
  requireScale(how.scale)
  const grid = BigInt(safeInteger(how.grid ?? 1, 'normaliseDecimal'))
  if (grid <= 0n) throw new RangeError(`normaliseDecimal: the grid ${grid} is not positive`)

  const read = readJsonNumber(text)
  if (!read.ok) return read
  const power = read.value.exponent + how.scale
  const numerator = read.value.mantissa * tenTo(power > 0 ? power : 0)
  const step = grid * tenTo(power < 0 ? -power : 0)

  if (how.rounding === 'exact' && numerator % step !== 0n) return failure(0, 'notOnGrid')
  const steps = divideRounded(numerator, step, how.rounding)
  const value = Number(steps * grid)
  if (!Number.isSafeInteger(value)) return outOfRange(0)

  const moved = numerator - steps * step
  const movedPpmOfGrid = divideRounded((moved < 0n ? -moved : moved) * 1_000_000n, step, 'ceil')
  return { ok: true, value, changed: moved !== 0n, movedPpmOfGrid: Number(movedPpmOfGrid) }
}

/** The exact value mantissa × 10^exponent of a JSON number. */
function readJsonNumber(text: string): Parsed<{ mantissa: bigint; exponent: number }, NormaliseReason> {
  if (text === '') return failure(0, 'empty')
  if (text.length > LENGTH_MAX) return failure(LENGTH_MAX, 'tooLong', { lengthMax: LENGTH_MAX })

  const wholeStart = text.startsWith('-') ? 1 : 0
  const wholeEnd = endOfDigits(text, wholeStart)
  if (wholeEnd === wholeStart) return unexpected(text, wholeStart, 'digit')
  if (wholeEnd - wholeStart > 1 && text[wholeStart] === '0') return failure(wholeStart, 'leadingZero')

  const hasPoint = text[wholeEnd] === '.'
  const fractionStart = hasPoint ? wholeEnd + 1 : wholeEnd
  const fractionEnd = hasPoint ? endOfDigits(text, fractionStart) : wholeEnd
  if (hasPoint && fractionEnd === fractionStart) return unexpected(text, fractionEnd, 'digit')

  const exponent = readExponent(text, fractionEnd)
  if (!exponent.ok) return exponent
  const mantissa = BigInt(text.slice(0, wholeEnd) + text.slice(fractionStart, fractionEnd))
  return { ok: true, value: { mantissa, exponent: exponent.value - (fractionEnd - fractionStart) } }
}

/** The exponent from `at` to the end of the text; 0 when the text ends at `at`. */
function readExponent(text: string, at: number): Parsed<number, NormaliseReason> {
  if (at === text.length) return { ok: true, value: 0 }
  if (text[at] !== 'e' && text[at] !== 'E') return unexpected(text, at, 'end')

  const start = at + 1
  const digitsStart = text[start] === '-' || text[start] === '+' ? start + 1 : start
  const end = endOfDigits(text, digitsStart)
  if (end === digitsStart) return unexpected(text, end, 'digit')
  if (end < text.length) return unexpected(text, end, 'end')
  const value = Number(text.slice(start))
  if (value > EXPONENT_MAX || value < -EXPONENT_MAX) return failure(start, 'outOfRange', { exponentMax: EXPONENT_MAX })
  return { ok: true, value }
}

function tenTo(power: number): bigint {
  return 10n ** BigInt(power)
}
