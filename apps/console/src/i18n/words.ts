import { useTranslation } from 'react-i18next'
import { i18n } from './i18n.ts'

/** Each word in both languages: `['场次', 'Sessions']`; facts in double braces. None can be missing. */
export type Pairs = { readonly [key: string]: readonly [zh: string, en: string] }
export type Facts = { readonly [name: string]: string | number }

/** The words of one area of the console. */
export interface Words<Key extends string> {
  readonly area: string
  readonly keys: readonly Key[]
}

/**
 * Registers an area's words, one file an area.
 * @example export const ledgerWords = defineWords('ledger', { 'block.title': ['区块 {{height}}', 'Block {{height}}'] })
 */
export function defineWords<const P extends Pairs>(area: string, pairs: P): Words<keyof P & string> {
  const of = (at: 0 | 1) => Object.fromEntries(Object.entries(pairs).map(([key, pair]) => [key, pair[at]]))
  i18n.addResourceBundle('zh', area, of(0), true, true)
  i18n.addResourceBundle('en', area, of(1), true, true)
  return { area, keys: Object.keys(pairs) as (keyof P & string)[] }
}

export type Say<Key extends string> = (key: Key, facts?: Facts) => string

/**
 * The words of an area in the language chosen.
 * @example const say = useWords(ledgerWords); say('block.title', { height: 7 })
 */
export function useWords<Key extends string>({ area }: Words<Key>): Say<Key> {
  const { t } = useTranslation(area, { i18n })
  // The library's own types of keys are for one fixed set of resources; ours are the areas'.
  return t as unknown as Say<Key>
}

/** Picks one of two texts that come from elsewhere, such as a refusal's sentence. */
export function usePick(): (text: { readonly zh: string; readonly en: string }) => string {
  const { i18n: now } = useTranslation(undefined, { i18n })
  return ({ zh, en }) => (now.language === 'en' ? en : zh)
}
