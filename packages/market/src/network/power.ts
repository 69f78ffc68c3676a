import type { View } from '@dujiang/chain'
import { type ValidatorRow, validators } from './tables.ts'

/** The power of all validators, or of those that `which` names. */
export function powerOf(view: View, which: (row: ValidatorRow) => boolean = () => true): number {
  let power = 0
  for (const row of validators.rows(view)) if (which(row)) power += row.power
  return power
}

/** An organisation speaks with the power of its validators; 0 when it runs none. */
export const powerOfOrg = (view: View, org: string): number => powerOf(view, (row) => row.org === org)

/** More than two thirds of the power decide: as much as it takes to make a block. */
export const decides = (approving: number, total: number): boolean => approving * 3 > total * 2

/**
 * Whether one slow clock could become the ledger's. The engine takes a block's time from the median of its signers' clocks: of
 * their power, halved and rounded down, it counts off the slowest first. Of three signers of power 1 it so takes the slowest, and one
 * that lags rules whenever another of four is down. It takes less than a third of all power exactly when the signers have twice that
 * and 1 more: never where all powers are even. Each by itself, so that no removal can break it.
 */
export const isOdd = (power: number): boolean => power % 2 === 1

/** From a third of the power on, a controller could stop the network alone. */
export const couldStopAlone = (power: number, total: number): boolean => power * 3 >= total
