import { accept, refuse } from '@dujiang/chain'
import { type Of, compile, s } from '@dujiang/core/codec'
import { type Family, defineAct, refusals, table, units } from '@dujiang/market'

/** The one offer that stands for a unit, and when it lapses. */
export type Offer = { readonly unit: string; readonly volumeWh: number; readonly lapsesMs: number }

export const toyOffers = table<Offer>('toy/offer')
const LAPSE = 'toy.lapse'

export const toyRefusals = refusals({
  offerExists: { code: 9001, zh: '单元{unit}已有挂牌', en: 'Unit {unit} has an offer already', retry: true },
  offerNotYours: { code: 9002, zh: '单元{unit}不属于{org}', en: 'Unit {unit} is not of {org}', retry: false },
})

const schema = s.object({
  unit: s.id({ zh: '交易单元编号', en: 'Trading unit id' }),
  volumeWh: s.int(1, 1_000_000_000, { zh: '电量', en: 'Volume', unit: 'Wh' }),
})

const offerMake = defineAct<Of<typeof schema>>({
  name: 'toy.offer.make',
  version: 1,
  title: { zh: '挂牌', en: 'Make an offer' },
  schema: compile(schema),
  stage: 'session',
  roles: ['generator'],
  route: ({ unit }, org) => ({ stream: 'toy', actor: `${org}/${unit}` }),
  decide(view, { org, payload: { unit, volumeWh } }) {
    if (units.get(view, unit)?.org !== org) {
      return refuse(toyRefusals.refuse.offerNotYours({ unit, org }))
    }
    if (toyOffers.get(view, unit) !== undefined) return refuse(toyRefusals.refuse.offerExists({ unit }))
    const lapsesMs = view.timeMs + 60_000
    return accept(
      toyOffers.put({ unit, volumeWh, lapsesMs }, unit),
      { kind: 'wake', wake: { atMs: lapsesMs, name: LAPSE, key: unit } },
      { kind: 'event', name: 'offerMade', data: { unit, volumeWh } },
    )
  },
})

/**
 * A listing mechanism small enough to read in a minute: an offer stands for a minute and lapses. It exists to show that
 * a further mechanism is a folder and its name in a list, and changes no other file.
 */
export const toy: Family = {
  name: 'toy',
  title: { zh: '示例机制', en: 'Toy mechanism' },
  acts: [offerMake],
  dues: [
    {
      name: LAPSE,
      title: { zh: '挂牌到期', en: 'An offer lapses' },
      fall: (_, unit) => [toyOffers.drop(unit), { kind: 'event', name: 'offerLapsed', data: { unit } }],
    },
  ],
  refusals: toyRefusals,
  owns: [toyOffers],
  reads: [units.name],
  exports: [],
  invariants: [
    {
      name: 'TOY-1',
      law: { zh: '挂牌到期即撤', en: 'No offer outlives its minute' },
      over: [toyOffers.name],
      broken(view, key) {
        const offer = view.get(key) as Offer | undefined
        return offer !== undefined && offer.lapsesMs <= view.timeMs ? `${key} should have lapsed` : undefined
      },
    },
  ],
}
