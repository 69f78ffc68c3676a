import type { Effect, GenesisValidator, View } from '@dujiang/chain'
import { orgs } from '../members/index.ts'
import { POWER_MAX } from './change-fields.ts'
import { couldStopAlone, isOdd } from './power.ts'
import { validators } from './tables.ts'

/**
 * The validators of a genesis file take the place of any there are. Throws, naming the place, on what no decision of the
 * members could bring about; a validator that is alone is a pilot, and is let be.
 */
export function seatFounders(view: View, founders: readonly GenesisValidator[]): readonly Effect[] {
  const powers = new Map<string, number>()
  for (const [place, { org, controller, power }] of founders.entries()) {
    const at = `genesis: /validators/${place}`
    if (orgs.get(view, org) === undefined) throw new Error(`${at}/org ${org} is not registered`)
    if (controller === '') throw new Error(`${at}/controller is empty`)
    if (power > POWER_MAX) throw new Error(`${at}/power ${power} is above ${POWER_MAX}`)
    if (founders.length > 1 && isOdd(power)) throw new Error(`${at}/power ${power} is odd, and not alone`)
    powers.set(controller, (powers.get(controller) ?? 0) + power)
  }
  const total = founders.reduce((sum, { power }) => sum + power, 0)
  for (const { controller } of founders.length > 1 ? founders : []) {
    if (couldStopAlone(powers.get(controller) as number, total)) {
      throw new Error(`genesis: /validators ${controller} holds ${powers.get(controller)} of ${total}, a third or more`)
    }
  }
  const seated = founders.map(({ key, name, org, controller, power }) =>
    validators.put({ name, org, controller, power, sinceHeight: view.height }, key),
  )
  return [...[...validators.entries(view)].map(([key]) => validators.drop(key)), ...seated]
}
