import type { Json } from '@dujiang/core/codec'
import { type SignerOf, keysOf } from './genesis.ts'
import { type Signatory, admitted, exchangeFirst, units } from './members.ts'
import { plants } from './plants.ts'

const WATT_IN_MW = 1_000_000

/** An act still to be signed. */
export interface Errand {
  readonly by: Signatory
  readonly act: string
  readonly payload: Json
}

/** An errand with the row of the state that it makes, by which one sees that it has been done. */
export interface Entry extends Errand {
  readonly row: string
}

const byExchange = (row: string, act: string, payload: object): Entry => ({
  row,
  by: exchangeFirst,
  act,
  payload: payload as unknown as Json,
})

/** The exchange's acts that fill the register, in three waves: what one needs stands in the wave before. */
export function registration(signerOf: SignerOf, fromMs: number): readonly (readonly Entry[])[] {
  return [
    admitted.map((member) =>
      byExchange(`members/org/${member.org}`, 'members.org.admit', {
        org: member.org,
        name: member.name,
        roles: [member.role],
        keys: keysOf(member, signerOf, fromMs),
      }),
    ),
    plants.map(({ id, name, org, fuel, capacityMw, dispatchLevel, levelAssumed }) =>
      byExchange(`members/plant/${id}`, 'members.plant.register', {
        plant: id,
        name,
        org,
        fuel,
        capacityW: capacityMw * WATT_IN_MW,
        dispatchLevel,
        levelAssumed,
      }),
    ),
    units.map(({ unit, name, org, side, plant }) =>
      byExchange(`members/unit/${unit}`, 'members.unit.register', {
        unit,
        name,
        org,
        side,
        ...(plant === undefined ? {} : { plant }),
      }),
    ),
  ]
}
