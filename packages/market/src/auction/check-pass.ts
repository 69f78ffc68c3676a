import { accept, refuse as decline } from '@dujiang/chain'
import { type Of, compile, s } from '@dujiang/core/codec'
import { defineAct } from '../kernel/index.ts'
import { lapsed } from './change-make.ts'
import { auctionRefusals } from './refusals.ts'
import { checks } from './result-tables.ts'
import { sessions } from './tables.ts'

const { refuse } = auctionRefusals

const schema = s.object({
  session: s.id({ zh: '场次编号', en: 'Session id' }),
  result: s.hex(32, { zh: '所校核结果的摘要', en: 'Digest of the result that was checked' }),
  remark: s.text(500, { zh: '校核说明', en: 'Remark' }),
})

/**
 * The dispatcher passes an unconstrained result as a whole (安全校核通过).
 * Refusals, in order: sessionUnknown, statusIs, resultDiffers.
 */
export const checkPass = defineAct<Of<typeof schema>>({
  name: 'auction.check.pass',
  version: 1,
  title: { zh: '安全校核通过', en: 'Pass the security check' },
  schema: compile(schema),
  stage: 'session',
  roles: ['dispatcher'],
  route: ({ session }, org) => ({ stream: `auction.${session}`, actor: org }),
  decide(view, { org, person, payload: { session, result, remark } }) {
    const row = sessions.get(view, session)
    if (row === undefined) return decline(refuse.sessionUnknown({ session }))
    if (row.status !== 'cleared') return decline(refuse.statusIs({ session, status: row.status, needed: 'cleared' }))
    if (row.result !== result) return decline(refuse.resultDiffers({ given: result, result: row.result ?? '-' }))
    return accept(
      sessions.put({ ...row, status: 'checked' }, session),
      checks.put({ org, person, atMs: view.timeMs, remark }, session),
      ...lapsed(view, session),
      { kind: 'event', name: 'checkPassed', data: { session, result } },
    )
  },
})
