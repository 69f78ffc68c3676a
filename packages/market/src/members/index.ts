import type { Family } from '../kernel/index.ts'
import { initialiseMembers } from './genesis.ts'
import { memberInvariants } from './invariants.ts'
import { keyAdd } from './key-add.ts'
import { keyRevoke } from './key-revoke.ts'
import { keyRotate } from './key-rotate.ts'
import { orgAdmit } from './org-admit.ts'
import { plantRegister } from './plant-register.ts'
import { memberRefusals } from './refusals.ts'
import { admissions, keys, orgUnits, orgs, plants, units } from './tables.ts'
import { unitRegister } from './unit-register.ts'

export { memberKey, memberRoles } from './foundation.ts'
export type { MembersGenesis } from './genesis.ts'
export {
  DISPATCH_LEVELS,
  type DispatchLevel,
  type Org,
  type OrgKey,
  type Plant,
  type Unit,
  keys,
  orgUnits,
  orgs,
  plants,
  units,
} from './tables.ts'

/** Who is in the market: organisations, their keys, their plants, the units that bid. */
export const members: Family = {
  name: 'members',
  title: { zh: '市场成员', en: 'Members' },
  acts: [orgAdmit, keyAdd, keyRotate, keyRevoke, plantRegister, unitRegister],
  dues: [],
  refusals: memberRefusals,
  owns: [orgs, keys, plants, units, orgUnits, admissions],
  reads: [],
  exports: [orgs.name, keys.name, plants.name, units.name],
  invariants: memberInvariants,
  initialise: initialiseMembers,
}
