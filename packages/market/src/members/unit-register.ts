import { accept, refuse as decline } from '@dujiang/chain'
import { type Of as Payload, compile, s } from '@dujiang/core/codec'
import { defineAct } from '../kernel/index.ts'
import { memberRefusals } from './refusals.ts'
import { type Unit, orgUnits, orgs, plants, units } from './tables.ts'

const { refuse } = memberRefusals

const schema = s.object({
  unit: s.id({ zh: '交易单元编号', en: 'Trading unit id' }),
  name: s.text(100, { zh: '名称', en: 'Name' }),
  org: s.id({ zh: '所属市场成员', en: 'The organisation it belongs to' }),
  side: s.enumOf(['sell', 'buy', 'both'], { zh: '可售 sell、可购 buy、均可 both', en: 'Which sides it may take' }),
  plant: s.optional(
    s.id({ zh: '对应电厂（发电企业的可售单元必填）', en: 'Its plant; a generator’s unit that may sell has one' }),
  ),
})

/** A trading unit (交易单元) enters the register. Refusals, in order: unitExists, orgUnknown, plantNeeded, plantUnknown, plantNotYours. */
export const unitRegister = defineAct<Payload<typeof schema>>({
  name: 'members.unit.register',
  version: 1,
  title: { zh: '登记交易单元', en: 'Register a trading unit' },
  schema: compile(schema),
  stage: 'registry',
  roles: ['exchange'],
  route: (_, org) => ({ stream: 'members', actor: org }),
  decide(view, { payload }) {
    const { unit, ...row } = payload
    if (units.get(view, unit) !== undefined) return decline(refuse.unitExists({ unit }))
    const owner = orgs.get(view, row.org)
    if (owner === undefined) return decline(refuse.orgUnknown({ org: row.org }))
    // Without its plant, nobody could tell that the dispatch level keeps it out of the market.
    if (row.plant === undefined && row.side !== 'buy' && owner.roles.includes('generator')) {
      return decline(refuse.plantNeeded({ org: row.org, unit }))
    }
    if (row.plant !== undefined) {
      const plant = plants.get(view, row.plant)
      if (plant === undefined) return decline(refuse.plantUnknown({ plant: row.plant }))
      if (plant.org !== row.org) return decline(refuse.plantNotYours({ plant: row.plant, org: row.org }))
    }
    return accept(units.put(row as Unit, unit), orgUnits.put(true, row.org, unit), {
      kind: 'event',
      name: 'unitRegistered',
      data: { unit, org: row.org, side: row.side },
    })
  },
})
