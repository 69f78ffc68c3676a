import { formatInstant } from '@dujiang/core/time'
import { formatEnergy, formatPrice, milliFenPerMwh, wh } from '@dujiang/core/units'
import type { Why } from '../api/why.ts'
import { usePick, useWords } from '../i18n/words.ts'
import { type Language, usePreferences } from '../preferences/preferences.ts'
import { marketWords } from './market-words.ts'

/** Facts that are prices, whatever they are called in a sentence. */
const PRICES = new Set(['cap', 'ceiling', 'floor', 'limit', 'previous', 'price', 'ruleCap', 'ruleFloor', 'tick'])
/** Everything later than 2001 in UTC milliseconds has thirteen digits. */
const INSTANT_MIN = 1_000_000_000_000

/** The rules' own sentence with its facts as people read them: instants in Beijing time, prices and energies with their units. */
export function useReadable(): (why: Pick<Why, 'zh' | 'en' | 'facts'>) => string {
  const pick = usePick()
  const word = useWords(marketWords)
  const { language, energy } = usePreferences()
  return (why) => {
    let text = pick(why)
    for (const [name, value] of Object.entries(why.facts)) {
      if (typeof value === 'number') text = instead(text, value, figure(name, value, language, energy))
      else if (language === 'zh' && typeof value === 'string' && (name === 'status' || name === 'needed')) {
        const shown = word(`session.${value}` as 'session.announced')
        if (!shown.startsWith('session.')) text = text.replace(value, shown)
      }
    }
    return text
  }
}

function figure(name: string, value: number, locale: Language, energy: 'MWh' | '万千瓦时'): string | undefined {
  if (value === 0) return undefined
  // A volume may have as many digits as an instant.
  if (name.endsWith('Wh')) return formatEnergy(wh(value), energy, { locale })
  if (value >= INSTANT_MIN) return formatInstant(value).slice(0, 19)
  return PRICES.has(name) ? formatPrice(milliFenPerMwh(value), '元/MWh', { locale }) : undefined
}

/** The first place where the number stands by itself. */
function instead(text: string, value: number, shown: string | undefined): string {
  if (shown === undefined) return text
  return text.replace(new RegExp(`(?<![\\d.])${value}(?![\\d.])`), () => shown)
}
