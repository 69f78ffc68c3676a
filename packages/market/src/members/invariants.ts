import type { Invariant } from '../kernel/index.ts'
import { type Plant, type Unit, keys, orgs, plants, units } from './tables.ts'

/** What belongs to an organisation belongs to one that is registered. Rule MEM-20. */
const owned: Invariant = {
  name: 'MEM-20',
  law: { zh: '密钥、电厂、交易单元均属于已注册成员', en: 'Keys, plants and units belong to registered organisations' },
  over: [keys.name, plants.name, units.name],
  broken(view, key) {
    const row = view.get(key) as Plant | Unit | undefined
    if (row === undefined) return `${key} has been dropped`
    const org = key.startsWith(`${keys.name}/`) ? (key.split('/')[2] as string) : row.org
    return orgs.get(view, org) === undefined ? `${key} belongs to ${org}, which is not registered` : undefined
  },
}

/** A unit's plant is its organisation's. Rule MEM-21. */
const plantOfOwner: Invariant = {
  name: 'MEM-21',
  law: { zh: '交易单元与其电厂属于同一成员', en: 'A unit and its plant belong to the same organisation' },
  over: [units.name],
  broken(view, key) {
    const { org, plant } = view.get(key) as Unit
    if (plant === undefined || plants.get(view, plant)?.org === org) return undefined
    return `${key} names plant ${plant}, which is not of ${org}`
  },
}

export const memberInvariants: readonly Invariant[] = [owned, plantOfOwner]
