import type { Session } from '@dujiang/market'
import { clock } from './text.ts'

/** How a session stands that is not at its end, as the ledger has it at `nowMs`; undefined for one that is. */
export function earlierState(
  { status, gateMs }: Pick<Session, 'status' | 'gateMs'>,
  nowMs: number,
): string | undefined {
  if (status === 'published' || status === 'voided') return undefined
  if (status === 'announced') {
    return gateMs > nowMs ? `尚未闭市，将于 ${clock(gateMs)} 自动出清` : '闭市时间已过，账本恢复后即出清'
  }
  return status === 'cleared' ? '已闭市出清，未校核，未发布' : '已闭市出清并校核，未发布'
}
