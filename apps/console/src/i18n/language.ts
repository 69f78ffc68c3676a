import { type ReactNode, createContext, createElement, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { type Language, preferences } from '../preferences/preferences.ts'
import { i18n } from './i18n.ts'

const LanguageContext = createContext<Language>(preferences().language)

/** Asks the library once for the whole page: its own hook costs more than a cell of a table that needs a word. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const { i18n: now } = useTranslation(undefined, { i18n })
  return createElement(LanguageContext, { value: now.language === 'en' ? 'en' : 'zh' }, children)
}

/** The language that the page is in. */
export function useLanguage(): Language {
  return useContext(LanguageContext)
}
