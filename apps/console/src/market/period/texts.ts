import { type EnergyUnit, formatEnergy, formatPrice, milliFenPerMwh, wh } from '@dujiang/core/units'

/** Amounts as they are typed: bare, in full, so that reading them back gives the same. */
export const priceText = (milliFen: number): string => formatPrice(milliFenPerMwh(milliFen), '元/MWh')
export const volumeText = (volumeWh: number, energy: EnergyUnit): string => formatEnergy(wh(volumeWh), energy)
