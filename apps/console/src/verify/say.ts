import type { Language } from '../preferences/store.ts'
import { type VerifyWord, verifyWords } from './verify-words.ts'

export type Say = (word: VerifyWord, facts?: { readonly [name: string]: string | number }) => string

/** @example sayIn('zh')('verdict.holds.all', { count: 8 }) // '8 步全部对上' */
export function sayIn(language: Language): Say {
  const at = language === 'zh' ? 0 : 1
  return (word, facts = {}) =>
    verifyWords[word][at].replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(facts[name] ?? ''))
}
