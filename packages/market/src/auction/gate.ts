import { Defect, type Effect } from '@dujiang/chain'
import type { Due } from '../kernel/index.ts'
import { lapsed } from './change-make.ts'
import { clearSession } from './clear-session.ts'
import { resultDigest } from './digests.ts'
import { gateMoved } from './gate-move.ts'
import { AUCTION_GATE } from './gate-wake.ts'
import { awards, results } from './result-tables.ts'
import { sessions, stances, unitBooks } from './tables.ts'

/** The gate closes by block time, and the session is cleared in the same instant on every node; unless it moves. */
export const gate: Due = {
  name: AUCTION_GATE,
  title: { zh: '闭市并出清', en: 'The gate closes and the session is cleared' },
  fall(view, session): readonly Effect[] {
    const row = sessions.get(view, session)
    if (row === undefined || row.status !== 'announced')
      throw new Defect('AUCTION-26', `session ${session} is not open`)
    const moved = gateMoved(view, session, row)
    if (moved !== undefined) return moved
    const { result, unitAwards } = clearSession(view.sha256, row, [...unitBooks.entries(view, session)])
    const digest = resultDigest(view.sha256, result)
    return [
      sessions.put({ ...row, status: 'cleared', result: digest }, session),
      results.put(result, session),
      ...unitAwards.map(([unit, each]) => awards.put(each, session, unit)),
      ...[...stances.entries(view, session)].map(([org]) => stances.drop(session, org)),
      ...lapsed(view, session),
      { kind: 'forgetStream', stream: `auction.${session}` },
      {
        kind: 'event',
        name: 'sessionCleared',
        data: { session, result: digest, volumeWh: result.volumeWh, orders: result.orders, units: result.units },
      },
    ]
  },
}
