import { formatPrice, milliFenPerMwh, parsePrice } from '@dujiang/core/units'

/** As many decimals as the prices of a column need: two, or those of the tick. */
export function decimalsOf(tick: number): number {
  return Math.max(2, formatPrice(milliFenPerMwh(tick), '元/MWh').split('.')[1]?.length ?? 0)
}

/** A price as it stands in a column whose points align, with thousands; as it was typed where it cannot be read or says more. */
export function alignedPrice(text: string, decimals: number): string {
  const read = parsePrice(text, '元/MWh', { negative: true })
  if (!read.ok || (text.split('.')[1]?.length ?? 0) > decimals) return text
  const shown = formatPrice(read.value, '元/MWh', { locale: 'zh', digits: decimals })
  return /^-?[\d,.]+/.exec(shown)?.[0] ?? text
}
