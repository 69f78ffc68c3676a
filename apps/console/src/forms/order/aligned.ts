import { formatEnergy, formatPrice, milliFenPerMwh, parseEnergy, parsePrice, wh } from '@dujiang/core/units'
import type { EnergyShown } from '../../preferences/preferences.ts'

/** As many decimals as the prices of a column need: two, or those of the tick. */
export function decimalsOf(tick: number): number {
  return Math.max(2, decimalsIn(formatPrice(milliFenPerMwh(tick), '元/MWh')))
}

/** As many decimals as the volumes of a column need: those of the lot. */
export function decimalsOfLot(lotWh: number, energy: EnergyShown): number {
  return decimalsIn(formatEnergy(wh(lotWh), energy))
}

/** A price as it stands in a column whose points align, with thousands; as it was typed where it cannot be read or says more. */
export function alignedPrice(text: string, decimals: number): string {
  const read = parsePrice(text, '元/MWh', { negative: true })
  if (!read.ok || decimalsIn(text) > decimals) return text
  return bare(formatPrice(read.value, '元/MWh', { locale: 'zh', digits: decimals }), text)
}

/** A volume likewise. */
export function alignedVolume(text: string, energy: EnergyShown, decimals: number): string {
  const read = parseEnergy(text, energy)
  if (!read.ok || decimalsIn(text) > decimals) return text
  return bare(formatEnergy(read.value, energy, { locale: 'zh', digits: decimals }), text)
}

const decimalsIn = (text: string): number => text.split('.')[1]?.length ?? 0

/** Without its unit, which stands above the column. */
const bare = (shown: string, typed: string): string => /^-?[\d,.]+/.exec(shown)?.[0] ?? typed
