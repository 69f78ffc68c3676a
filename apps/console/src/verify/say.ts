import type { Language } from '../preferences/store.ts'
import { reasonIn } from './reasons.ts'
import { type VerifyWord, verifyWords } from './verify-words.ts'

export interface Say {
  (word: VerifyWord, facts?: { readonly [name: string]: string | number }): string
  /** What a verifier has said, which knows English alone. */
  readonly reason: (said: string) => string
}

/**
 * @example sayIn('zh')('verdict.holds.all', { count: 8 }) // '8 步全部对上'
 * @example sayIn('zh').reason('commitBlockWrong') // '签名是对另一区块的（commitBlockWrong）'
 */
export function sayIn(language: Language): Say {
  const at = language === 'zh' ? 0 : 1
  const say = (word: VerifyWord, facts: { readonly [name: string]: string | number } = {}): string =>
    verifyWords[word][at].replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(facts[name] ?? ''))
  return Object.assign(say, { reason: (said: string) => reasonIn(language, said) })
}
