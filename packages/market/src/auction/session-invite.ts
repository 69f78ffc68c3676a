import { type Effect, accept, refuse as decline } from '@dujiang/chain'
import { type Of as Payload, compile, s } from '@dujiang/core/codec'
import { defineAct } from '../kernel/index.ts'
import { plants, units } from '../members/index.ts'
import { PERIODS_MAX, VOLUME_WH_MAX } from './bounds.ts'
import { auctionRefusals } from './refusals.ts'
import { type Load, type Tally, invitations, loads, sessions, tallies } from './tables.ts'

const { refuse } = auctionRefusals

const schema = s.object({
  session: s.id({ zh: '场次编号', en: 'Session id' }),
  units: s.list(
    s.object({
      unit: s.id({ zh: '交易单元编号', en: 'Trading unit id' }),
      limitWh: s.list(
        s.int(0, VOLUME_WH_MAX),
        { min: 1, max: PERIODS_MAX },
        { zh: '各时段申报上限', en: 'Limit in each period', unit: 'Wh' },
      ),
    }),
    { min: 1, max: 50 },
    { zh: '参与单元及申报上限', en: 'Units that may take part, with their limits' },
  ),
})

/**
 * Units are told what they may bid (核定申报上限), until the session opens; a second invitation replaces the first.
 * A unit whose plant is dispatched from elsewhere is no bidder (its level is fixed when it is registered).
 * All limits of a session together stay below 2^53 Wh, so that whatever is bid can be counted exactly.
 * Refusals, in order: sessionUnknown, notTheOrganiser, sessionVoided, invitationsClosed, then per unit unitTwice, unitUnknown,
 * notProvincial, limitPeriods, limitsTotal.
 */
export const sessionInvite = defineAct<Payload<typeof schema>>({
  name: 'auction.session.invite',
  version: 1,
  title: { zh: '核定参与单元与申报上限', en: 'Invite units to a session' },
  schema: compile(schema),
  stage: 'registry',
  roles: ['exchange'],
  route: (_, org) => ({ stream: 'auction', actor: org }),
  decide(view, { org, payload }) {
    const { session } = payload
    const notice = sessions.get(view, session)
    if (notice === undefined) return decline(refuse.sessionUnknown({ session }))
    if (notice.org !== org) return decline(refuse.notTheOrganiser({ session, organiser: notice.org, org }))
    if (notice.status === 'voided') return decline(refuse.sessionVoided({ session }))
    if (view.timeMs >= notice.opensMs) return decline(refuse.invitationsClosed({ session, opensMs: notice.opensMs }))
    const effects: Effect[] = []
    const listed = new Set<string>()
    let { limitsWh } = loads.get(view, session) as Load
    let invited = 0
    for (const { unit, limitWh } of payload.units) {
      if (listed.has(unit)) return decline(refuse.unitTwice({ unit }))
      listed.add(unit)
      const row = units.get(view, unit)
      if (row === undefined) return decline(refuse.unitUnknown({ unit }))
      const level = row.plant === undefined ? undefined : plants.get(view, row.plant)?.dispatchLevel
      if (row.plant !== undefined && level !== undefined && level !== 'provincial') {
        return decline(refuse.notProvincial({ unit, plant: row.plant, level }))
      }
      if (limitWh.length !== notice.periods) {
        return decline(refuse.limitPeriods({ unit, given: limitWh.length, periods: notice.periods }))
      }
      const before = invitations.get(view, session, unit)
      const freeWh = Number.MAX_SAFE_INTEGER - limitsWh + sumOf(before?.limitWh ?? [])
      const addedWh = sumOf(limitWh)
      if (addedWh > freeWh) return decline(refuse.limitsTotal({ unit, session, freeWh }))
      limitsWh = Number.MAX_SAFE_INTEGER - freeWh + addedWh
      if (before === undefined) invited++
      effects.push(invitations.put({ limitWh }, session, unit))
    }
    const tally = tallies.get(view, session) as Tally
    return accept(
      ...effects,
      tallies.put({ ...tally, invited: tally.invited + invited }, session),
      loads.put({ ...(loads.get(view, session) as Load), limitsWh }, session),
      { kind: 'event', name: 'unitsInvited', data: { session, units: payload.units.length } },
    )
  },
})

const sumOf = (limitWh: readonly number[]): number => limitWh.reduce((sum, each) => sum + each, 0)
