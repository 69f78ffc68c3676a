import { formatEnergy, formatPrice, milliFenPerMwh, wh } from '@dujiang/core/units'
import { usePreferences } from '../preferences/preferences.ts'

/** Amounts inside a sentence, with their units; elsewhere ui/Amount sets them. */
export function useAmountTexts() {
  const { energy, language: locale } = usePreferences()
  return {
    price: (milliFen: number): string => formatPrice(milliFenPerMwh(milliFen), '元/MWh', { locale }),
    energy: (value: number): string => formatEnergy(wh(value), energy, { locale }),
  }
}
