import { accept, refuse as decline } from '@dujiang/chain'
import { type Of, compile, s } from '@dujiang/core/codec'
import { defineAct } from '../kernel/index.ts'
import { type OrgKey, keys } from '../members/index.ts'
import { lapsed } from './change-make.ts'
import { auctionRefusals } from './refusals.ts'
import { bulletins } from './result-tables.ts'
import { sessions } from './tables.ts'

const { refuse } = auctionRefusals

const schema = s.object({
  session: s.id({ zh: '场次编号', en: 'Session id' }),
  result: s.hex(32, { zh: '结果摘要', en: 'Digest of the result' }),
  bulletin: s.hex(32, { zh: '所批准公告的摘要', en: 'Digest of the bulletin that is approved' }),
})

/**
 * Another person of the exchange approves the bulletin, and the result is published. The key must be older than the
 * bulletin: who prepares it cannot add a second person afterwards to approve it.
 * Refusals, in order: sessionUnknown, notTheOrganiser, statusIs, resultDiffers, bulletinMissing, bulletinDiffers,
 * samePerson, keyTooNew.
 */
export const bulletinApprove = defineAct<Of<typeof schema>>({
  name: 'auction.bulletin.approve',
  version: 1,
  title: { zh: '批准并发布成交公告', en: 'Approve and publish the bulletin' },
  schema: compile(schema),
  stage: 'session',
  roles: ['exchange'],
  route: ({ session }, org) => ({ stream: `auction.${session}`, actor: org }),
  decide(view, { org, key, person, payload }) {
    const { session, result } = payload
    const row = sessions.get(view, session)
    if (row === undefined) return decline(refuse.sessionUnknown({ session }))
    if (row.org !== org) return decline(refuse.notTheOrganiser({ session, organiser: row.org, org }))
    if (row.status !== 'checked') return decline(refuse.statusIs({ session, status: row.status, needed: 'checked' }))
    if (row.result !== result) return decline(refuse.resultDiffers({ given: result, result: row.result ?? '-' }))
    const bulletin = bulletins.get(view, session)
    if (bulletin === undefined) return decline(refuse.bulletinMissing({ session }))
    const { digest, preparedBy, preparedMs } = bulletin
    if (digest !== payload.bulletin)
      return decline(refuse.bulletinDiffers({ given: payload.bulletin, bulletin: digest }))
    if (preparedBy === person) return decline(refuse.samePerson({ person }))
    const { sinceMs } = keys.get(view, org, key) as OrgKey
    if (sinceMs >= preparedMs) return decline(refuse.keyTooNew({ key, sinceMs, preparedMs }))
    return accept(
      sessions.put({ ...row, status: 'published' }, session),
      bulletins.put({ ...bulletin, approvedBy: person }, session),
      ...lapsed(view, session),
      { kind: 'forgetStream', stream: `auction.${session}` },
      { kind: 'event', name: 'resultPublished', data: { session, result, number: bulletin.number, bulletin: digest } },
    )
  },
})
