import { createInstance } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { onPreferences, preferences } from '../preferences/preferences.ts'

/** The words of the console. Each area registers its own (see words.ts) when its page is loaded. */
export const i18n = createInstance()

void i18n.use(initReactI18next).init({
  lng: preferences().language,
  fallbackLng: false,
  resources: {},
  keySeparator: false,
  nsSeparator: false,
  initAsync: false,
  // React escapes what it shows.
  interpolation: { escapeValue: false },
})

followLanguage()

function followLanguage(): void {
  const follow = (): void => {
    const { language } = preferences()
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
    if (i18n.language !== language) void i18n.changeLanguage(language)
  }
  follow()
  onPreferences(follow)
}
