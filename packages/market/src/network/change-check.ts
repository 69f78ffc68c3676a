import type { Refusal, View } from '@dujiang/chain'
import { checkPublicKey, fromHex } from '@dujiang/core/crypto'
import { orgs } from '../members/index.ts'
import { type Change, VALIDATORS_MAX } from './change-fields.ts'
import { couldStopAlone, isOdd, powerOf } from './power.ts'
import { networkRefusals } from './refusals.ts'
import { validators } from './tables.ts'

const { refuse } = networkRefusals

type ChangeOf<K extends Change['kind']> = Extract<Change, { readonly kind: K }>

/**
 * Why a change cannot be made to the validators as they are. Refusals, in order: of a further one validatorExists,
 * validatorKeyUnusable, validatorOrgUnknown, validatorsMany, powerOdd, controllerTooStrong; of one that leaves validatorUnknown,
 * lastValidator; of another power validatorUnknown, powerOdd, controllerTooStrong.
 */
export function changeRefusal(view: View, change: Change): Refusal | undefined {
  if (change.kind === 'add') return addRefusal(view, change)
  const row = validators.get(view, change.key)
  if (row === undefined) return refuse.validatorUnknown({ key: change.key })
  // Who loses power makes others stronger: that must be possible, or a liar among four could not be put out.
  if (change.kind === 'remove') {
    return powerOf(view) === row.power ? refuse.lastValidator({ key: change.key }) : undefined
  }
  const odd = oddRefusal(view, change)
  if (odd !== undefined) return odd
  return change.power > row.power ? controllerRefusal(view, row.controller, change.power - row.power) : undefined
}

function addRefusal(view: View, change: ChangeOf<'add'>): Refusal | undefined {
  const { key, org, controller, power } = change
  if (validators.get(view, key) !== undefined) return refuse.validatorExists({ key })
  const fault = checkPublicKey('ed25519', fromHex(key))
  if (fault !== undefined) return refuse.validatorKeyUnusable({ reason: fault })
  if (orgs.get(view, org) === undefined) return refuse.validatorOrgUnknown({ org })
  if ([...validators.rows(view)].length >= VALIDATORS_MAX)
    return refuse.validatorsMany({ validatorsMax: VALIDATORS_MAX })
  return oddRefusal(view, change) ?? controllerRefusal(view, controller, power)
}

/** Which power would be odd among several; one that is alone may have any. */
function oddRefusal(view: View, { key, power }: ChangeOf<'add' | 'power'>): Refusal | undefined {
  const others = [...validators.entries(view)].filter(([other]) => other !== key)
  if (others.length === 0) return undefined
  if (isOdd(power)) return refuse.powerOdd({ key, power })
  const odd = others.find(([, row]) => isOdd(row.power))
  return odd && refuse.powerOdd({ key: odd[0], power: odd[1].power })
}

/** Why a controller may not be given so much more power. */
function controllerRefusal(view: View, controller: string, addedPower: number): Refusal | undefined {
  const power = powerOf(view, (row) => row.controller === controller) + addedPower
  const total = powerOf(view) + addedPower
  return couldStopAlone(power, total) ? refuse.controllerTooStrong({ controller, power, total }) : undefined
}
