import type { Language } from '../preferences/preferences.ts'
import { i18n } from './i18n.ts'
import { useLanguage } from './language.ts'

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
 * The words of an area in the language chosen. It is the same function until another language is.
 * @example const say = useWords(ledgerWords); say('block.title', { height: 7 })
 */
export function useWords<Key extends string>({ area }: Words<Key>): Say<Key> {
  return sayer(area, useLanguage())
}

/** Picks one of two texts that come from elsewhere, such as a refusal's sentence. */
export function usePick(): (text: { readonly zh: string; readonly en: string }) => string {
  return picks[useLanguage()]
}

const picks = {
  zh: ({ zh }: { readonly zh: string }) => zh,
  en: ({ en }: { readonly en: string }) => en,
}

const sayers = new Map<string, Say<string>>()

function sayer(area: string, language: Language): Say<string> {
  const name = `${language} ${area}`
  const known = sayers.get(name)
  if (known !== undefined) return known
  // The library's own types of keys are for one fixed set of resources; ours are the areas'.
  const say = i18n.getFixedT(language, area) as unknown as Say<string>
  sayers.set(name, say)
  return say
}
