import type { PreparedChange, Session } from '@dujiang/market'
import { EXIT_REFUSED } from '../failure.ts'
import { say } from '../language.ts'
import { jsonLine, print } from '../output.ts'
import { Desk, type DeskFlags, instantOf } from './desk.ts'

export interface ReasonFlags extends DeskFlags {
  readonly reason: string
}

export interface PostponeFlags extends ReasonFlags {
  readonly opens?: string
  readonly gate?: string
  readonly from?: string
  readonly to?: string
}

export interface ApproveFlags extends DeskFlags {
  readonly digest?: string
}

/** Prepares that a session is held later; what is not given stays as it is. */
export async function postpone(session: string, flags: PostponeFlags): Promise<number> {
  const { reason, opens, gate, from, to } = flags
  const desk = await Desk.open(flags)
  const row = await desk.rowThere<Session>(`auction/session/${session}`)
  const change = {
    kind: 'postpone',
    opensMs: opens === undefined ? row.opensMs : instantOf(opens),
    gateMs: gate === undefined ? row.gateMs : instantOf(gate),
    deliveryFrom: from ?? row.deliveryFrom,
    deliveryTo: to ?? row.deliveryTo,
  }
  return desk.send('auction.change.prepare', { session, change, reason })
}

export async function prepareVoid(session: string, flags: ReasonFlags): Promise<number> {
  const desk = await Desk.open(flags)
  return desk.send('auction.change.prepare', { session, change: { kind: 'void' }, reason: flags.reason })
}

/** Approves the change that has this digest; shows what waits, and ends with 1, when none is given: it must be read first. */
export async function approve(session: string, flags: ApproveFlags): Promise<number> {
  const desk = await Desk.open(flags)
  if (flags.digest !== undefined) return desk.send('auction.change.approve', { session, change: flags.digest })
  await print(jsonLine(await desk.rowThere<PreparedChange>(`auction/prepared/${session}`), true))
  process.stderr.write(say('看过后加 --digest 批准\n', 'once read, approve it with --digest\n'))
  return EXIT_REFUSED
}

export async function remind(session: string, flags: DeskFlags): Promise<number> {
  const desk = await Desk.open(flags)
  return desk.send('auction.session.remind', { session })
}
