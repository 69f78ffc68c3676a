import { endOfDigits, unexpected } from '../units/characters.ts'
import { failure, type ParseFailure } from '../units/parsed.ts'

/** Why a text has not the form of a date, a label or an instant. */
export type PatternReason = 'empty' | 'tooShort' | 'badCharacter'

/** The first place where `text` is not of the form `pattern`, in which `d` stands for an ASCII digit; undefined when it is. */
export function checkPattern(text: string, pattern: string): ParseFailure<PatternReason> | undefined {
  if (text === '') return failure(0, 'empty')
  for (let at = 0; at < pattern.length; at += 1) {
    if (at === text.length) return failure(at, 'tooShort', { length: pattern.length })
    const fits = pattern[at] === 'd' ? endOfDigits(text[at] ?? '', 0) === 1 : text[at] === pattern[at]
    if (!fits) return badCharacter(text, at)
  }
  return text.length > pattern.length ? badCharacter(text, pattern.length) : undefined
}

function badCharacter(text: string, at: number): ParseFailure<'badCharacter'> {
  return failure(at, 'badCharacter', unexpected(text, at, 'end').facts)
}

/** A whole number of at least `width` digits. */
export function padded(value: number, width: number): string {
  return String(value).padStart(width, '0')
}
