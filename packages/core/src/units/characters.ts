import { failure, type ParseFailure } from './parsed.ts'

/** What a bad character looks like, so that a person can be told what to type instead. */
export type BadCharacterKind =
  | 'space'
  | 'thousandsSeparator'
  | 'fullWidth'
  | 'exponent'
  | 'plusSign'
  | 'minusSign'
  | 'point'
  | 'other'

/** The index behind the run of ASCII digits that starts at `from`. */
export function endOfDigits(text: string, from: number): number {
  let at = from
  while (at < text.length && isDigit(text.charCodeAt(at))) at += 1
  return at
}

/** The refusal of whatever stands at `at`, where a digit had to be or the number had to end. */
export function unexpected(
  text: string,
  at: number,
  wanted: 'digit' | 'end',
): ParseFailure<'badCharacter' | 'missingDigit'> {
  const character = characterAt(text, at)
  const lacksDigit = character === '' || (character === '.' && !text.slice(0, at).includes('.'))
  if (wanted === 'digit' && lacksDigit) return failure(at, 'missingDigit')
  return failure(at, 'badCharacter', { character, kind: kindOf(character) })
}

/** The whole character at `at`, both halves of a surrogate pair, so that it can be shown; '' behind the end. */
function characterAt(text: string, at: number): string {
  const codePoint = text.codePointAt(at)
  return codePoint === undefined ? '' : String.fromCodePoint(codePoint)
}

function isDigit(codeUnit: number): boolean {
  return codeUnit >= 0x30 && codeUnit <= 0x39
}

// What keyboards, spreadsheets and Chinese input methods really produce.
const SPACES = ' \t\r\n\u00a0\u2002\u2003\u2007\u2009\u202f\u3000\ufeff'
const SEPARATORS = ",_'\u2019\u066c\uff0c"
const MINUSES = '-\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d'
const PLUSES = '+\uff0b'
const IDEOGRAPHIC_FULL_STOP = 0x3002

function kindOf(character: string): BadCharacterKind {
  if (SPACES.includes(character)) return 'space'
  if (SEPARATORS.includes(character)) return 'thousandsSeparator'
  if (MINUSES.includes(character)) return 'minusSign'
  if (PLUSES.includes(character)) return 'plusSign'
  if (character === '.') return 'point'
  if (character === 'e' || character === 'E') return 'exponent'
  const codePoint = character.codePointAt(0) ?? 0
  const fullWidth = (codePoint >= 0xff01 && codePoint <= 0xff5e) || codePoint === IDEOGRAPHIC_FULL_STOP
  return fullWidth ? 'fullWidth' : 'other'
}
