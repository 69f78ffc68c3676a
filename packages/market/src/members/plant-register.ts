import { accept, refuse as decline } from '@dujiang/chain'
import { type Of as Payload, compile, s } from '@dujiang/core/codec'
import { defineAct } from '../kernel/index.ts'
import { memberRefusals } from './refusals.ts'
import { DISPATCH_LEVELS, type DispatchLevel, orgs, plants } from './tables.ts'

const { refuse } = memberRefusals

/** 100 GW: beyond any single plant, so that capacities in kW or Wh are noticed. */
const CAPACITY_W_MAX = 100_000_000_000

const schema = s.object({
  plant: s.id({ zh: '电厂编号', en: 'Plant id' }),
  name: s.text(100, { zh: '名称', en: 'Name' }),
  org: s.id({ zh: '所属市场成员', en: 'The organisation it belongs to' }),
  fuel: s.enumOf(['hydro', 'coal', 'gas', 'wind', 'solar', 'biomass', 'storage', 'other'], { zh: '类型', en: 'Fuel' }),
  capacityW: s.int(1, CAPACITY_W_MAX, { zh: '装机容量', en: 'Installed capacity', unit: 'W' }),
  dispatchLevel: s.enumOf([...DISPATCH_LEVELS], {
    zh: '调度层级：national 国调、regional 网调、provincial 省调、local 地调',
    en: 'Dispatch level: national, regional, provincial, local',
  }),
  levelAssumed: s.bool({ zh: '层级为假定', en: 'The level is assumed, not read off a document' }),
})

/** A plant enters the register. Refusals, in order: plantExists, orgUnknown. */
export const plantRegister = defineAct<Payload<typeof schema>>({
  name: 'members.plant.register',
  version: 1,
  title: { zh: '登记电厂', en: 'Register a plant' },
  schema: compile(schema),
  stage: 'registry',
  roles: ['exchange', 'dispatcher'],
  route: (_, org) => ({ stream: 'members', actor: org }),
  decide(view, { payload }) {
    const { plant, ...row } = payload
    if (plants.get(view, plant) !== undefined) return decline(refuse.plantExists({ plant }))
    if (orgs.get(view, row.org) === undefined) return decline(refuse.orgUnknown({ org: row.org }))
    return accept(plants.put({ ...row, dispatchLevel: row.dispatchLevel as DispatchLevel }, plant), {
      kind: 'event',
      name: 'plantRegistered',
      data: { plant, org: row.org, dispatchLevel: row.dispatchLevel },
    })
  },
})
