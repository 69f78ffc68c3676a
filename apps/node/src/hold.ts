import type { Client } from '@dujiang/client'
import type { Session } from '@dujiang/market'
import {
  Declined,
  type Desk,
  LEVELS_ARE_ASSUMED,
  type Month,
  type Pace,
  type Season,
  type SessionReport,
  holdSession,
  monthAfter,
  openSequence,
  readMonth,
  registration,
  sendAll,
  sequenceName,
  sessionOf,
} from '@dujiang/testing/province'
import type { DemoKeys } from './demo-keys.ts'
import { earlierState } from './earlier.ts'
import { finishSession } from './finish.ts'
import { teller } from './progress.ts'
import { TimedDesk } from './timed-desk.ts'
import { Trouble } from './trouble.ts'

/** How a machine too slow for the pace shows. */
const TOO_SLOW: readonly string[] = ['gateClosed', 'invitationsClosed']

const tooSlow = (cause: unknown): Trouble =>
  new Trouble(
    '未能在闭市前完成申报，本场已照收到的申报办完；请用 --gate 延长申报时间',
    'the gate came too soon, and the session went on with the orders it had: give more --gate seconds',
    cause,
  )

/** How it shows that the machine has slept between the writing of a notice and its block. */
const NOTICE_TOO_LATE = 'noticeTimes'

const noticeTooLate = (cause: unknown): Trouble =>
  new Trouble(
    '公告送达账本时已过其所定的申报开始时间（本机可能刚休眠过），本场未能公告；请停止后重新启动，仍做这一场',
    'the notice reached the ledger after the opening it names, as when the machine has just slept, and the session is not announced: stop and start again for this same session',
    cause,
  )

interface Registering {
  /** Where the province's people do their business. */
  readonly desk: Desk
  readonly keys: Pick<DemoKeys, 'of'>
  readonly genesisBytes: Uint8Array
  readonly print: (line: string) => void
}

export interface Holding extends Registering {
  /** Asks what is on the ledger. */
  readonly client: Client
  /** By how long an act takes on this machine. */
  readonly pace: (actMs: number) => Pace
  readonly season: Season | undefined
}

/** Registers the province where that has not been done, ends what was left on its way, and holds the session of the next month. */
export async function holdNext(holding: Holding): Promise<SessionReport> {
  const { client, pace, season, print } = holding
  const desk = new TimedDesk(holding.desk)
  await register({ ...holding, desk })
  const held = await heldSessions(client)
  for (const earlier of held) await endEarlier(desk, earlier, print)
  const month = monthAfter(held.at(-1)?.month, season)
  print(`${sequenceName(month)}`)
  // The first act of a session: it shows how fast this machine is before the notice says when its gate comes.
  await openSequence(desk, month)
  const tell = teller(month, print)
  return holdSession(desk, month, pace(desk.actMs), tell).catch(async (cause: unknown) => {
    if (!(cause instanceof Declined)) throw cause
    if (cause.refusal === NOTICE_TOO_LATE) throw noticeTooLate(cause)
    if (!TOO_SLOW.includes(cause.refusal)) throw cause
    print('· 未能在闭市前完成申报：本机较慢，本场照已收到的申报办完')
    await finishSession(desk, month, tell)
    throw tooSlow(cause)
  })
}

/** A session that a start has left on its way is carried to its end, unless its gate is still to come. */
async function endEarlier(desk: Desk, { id, month, session }: Held, print: (line: string) => void): Promise<void> {
  const nowMs = desk.nowMs()
  const state = earlierState(session, nowMs)
  if (state === undefined || id !== sessionOf(month)) return
  const isOpen = session.status === 'announced' && session.gateMs > nowMs
  print(`· ${sequenceName(month)} 上次未走完：${state}；${isOpen ? '接着做下一个月' : '先把它办完'}`)
  if (!isOpen) await finishSession(desk, month, teller(month, print))
}

/** Registers what is not on the ledger yet: all of it at first, nothing later, the rest after an interrupted start. */
export async function register({ desk, keys, genesisBytes, print }: Registering): Promise<void> {
  let registered = 0
  const titles = ['市场成员', '电厂（含国调、网调边界电厂）', '交易单元']
  for (const [at, wave] of registration(keys.of, genesisTime(genesisBytes)).entries()) {
    const rows = await Promise.all(wave.map(({ row }) => desk.row(row)))
    const missing = wave.filter((_, i) => rows[i] === undefined)
    await sendAll(desk, missing)
    if (missing.length > 0) print(`· 交易中心登记 ${missing.length} 个${titles[at] ?? ''}`)
    registered += missing.length
  }
  if (registered > 0) print(`  ${LEVELS_ARE_ASSUMED.zh}`)
}

interface Held {
  readonly id: string
  readonly month: Month
  readonly session: Pick<Session, 'status' | 'gateMs'>
}

/** The sessions of months that are on the ledger, the latest month last. */
async function heldSessions(client: Client): Promise<readonly Held[]> {
  const held: Held[] = []
  for await (const { key: id, value } of client.rows('auction/session', { prefix: 'SC-' })) {
    const month = readMonth(id.slice('SC-'.length, 'SC-2026-12'.length))
    if (month !== undefined) held.push({ id, month, session: value as unknown as Session })
  }
  return held
}

function genesisTime(genesisBytes: Uint8Array): number {
  return (JSON.parse(new TextDecoder().decode(genesisBytes)) as { readonly time: number }).time
}
