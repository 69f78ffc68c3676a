import { accept, refuse as decline } from '@dujiang/chain'
import { type Of, compile, s } from '@dujiang/core/codec'
import { defineAct } from '../kernel/index.ts'
import { auctionRefusals } from './refusals.ts'
import { isRefusal, openSession } from './session-of.ts'
import { type Tally, sessions, tallies } from './tables.ts'

const { refuse } = auctionRefusals

const schema = s.object({ session: s.id({ zh: '场次编号', en: 'Session id' }) })

/**
 * The organiser reminds (催报) all units of an open session alike, and says how many of them have bid. Which have not is
 * theirs to know: each sees by its own book whether it is meant. It is on record so that all can see that nobody was told
 * more, or earlier, than others. Refusals, in order: sessionUnknown, notTheOrganiser, sessionVoided, notYetOpen, gateClosed,
 * allSubmitted.
 */
export const sessionRemind = defineAct<Of<typeof schema>>({
  name: 'auction.session.remind',
  version: 1,
  title: { zh: '催报', en: 'Remind the units of a session' },
  schema: compile(schema),
  stage: 'session',
  roles: ['exchange'],
  route: ({ session }, org) => ({ stream: `auction.${session}`, actor: org }),
  decide(view, { org, payload: { session } }) {
    const known = sessions.get(view, session)
    if (known === undefined) return decline(refuse.sessionUnknown({ session }))
    if (known.org !== org) return decline(refuse.notTheOrganiser({ session, organiser: known.org, org }))
    const row = openSession(view, session)
    if (isRefusal(row)) return decline(row)
    const { invited, submitted } = tallies.get(view, session) as Tally
    if (submitted === invited) return decline(refuse.allSubmitted({ session, invited }))
    return accept({ kind: 'event', name: 'sessionReminded', data: { session, gateMs: row.gateMs, invited, submitted } })
  },
})
