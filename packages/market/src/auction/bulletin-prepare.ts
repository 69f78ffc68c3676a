import { accept, refuse as decline } from '@dujiang/chain'
import { type Of, compile, s } from '@dujiang/core/codec'
import { defineAct } from '../kernel/index.ts'
import { bulletinDigest } from './digests.ts'
import { auctionRefusals } from './refusals.ts'
import { bulletins } from './result-tables.ts'
import { sessions } from './tables.ts'

const { refuse } = auctionRefusals

const schema = s.object({
  session: s.id({ zh: '场次编号', en: 'Session id' }),
  result: s.hex(32, { zh: '结果摘要', en: 'Digest of the result' }),
  number: s.text(100, { zh: '公告编号', en: 'Number of the bulletin' }),
  text: s.text(2000, { zh: '公告正文', en: 'Text of the bulletin' }),
})

/**
 * One person of the exchange prepares the bulletin of results (成交公告); another approves it. Until then it may be prepared
 * anew, by whomever: the last who did is its preparer. Refusals, in order: sessionUnknown, notTheOrganiser, statusIs, resultDiffers.
 */
export const bulletinPrepare = defineAct<Of<typeof schema>>({
  name: 'auction.bulletin.prepare',
  version: 1,
  title: { zh: '编制成交公告', en: 'Prepare the bulletin' },
  schema: compile(schema),
  stage: 'session',
  roles: ['exchange'],
  route: ({ session }, org) => ({ stream: `auction.${session}`, actor: org }),
  decide(view, { org, person, payload: { session, result, number, text } }) {
    const row = sessions.get(view, session)
    if (row === undefined) return decline(refuse.sessionUnknown({ session }))
    if (row.org !== org) return decline(refuse.notTheOrganiser({ session, organiser: row.org, org }))
    if (row.status !== 'checked') return decline(refuse.statusIs({ session, status: row.status, needed: 'checked' }))
    if (row.result !== result) return decline(refuse.resultDiffers({ given: result, result: row.result ?? '-' }))
    const digest = bulletinDigest(view.sha256, { number, text })
    return accept(bulletins.put({ number, text, digest, preparedBy: person, preparedMs: view.timeMs }, session), {
      kind: 'event',
      name: 'bulletinPrepared',
      data: { session, result, number, bulletin: digest },
    })
  },
})
