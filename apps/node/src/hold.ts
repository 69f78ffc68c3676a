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
  readMonth,
  registration,
  sendAll,
  sequenceName,
} from '@dujiang/testing/province'
import type { DemoKeys } from './demo-keys.ts'
import { earlierState } from './earlier.ts'
import { teller } from './progress.ts'
import { Trouble } from './trouble.ts'

/** How a machine too slow for the pace shows. */
const TOO_SLOW: readonly string[] = ['gateClosed', 'invitationsClosed']

const tooSlow = (cause: unknown): Trouble =>
  new Trouble(
    '未能在闭市前完成申报；请用 --gate 延长申报时间',
    'the gate came too soon, give more --gate seconds',
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
  readonly pace: Pace
  readonly season: Season | undefined
}

/** Registers the province where that has not been done, and holds the session of the next month. */
export async function holdNext(holding: Holding): Promise<SessionReport> {
  const { client, pace, season, print, desk } = holding
  await register(holding)
  const last = await lastSession(client)
  const unfinished = last && earlierState(last, Date.now())
  if (last !== undefined && unfinished !== undefined) {
    print(`· 上一场 ${sequenceName(last.month)} 上次未走完：${unfinished}；接着做下一个月`)
  }
  const month = monthAfter(last?.month, season)
  print(`${sequenceName(month)}`)
  return holdSession(desk, month, pace, teller(month, print)).catch((cause: unknown) => {
    throw cause instanceof Declined && TOO_SLOW.includes(cause.refusal) ? tooSlow(cause) : cause
  })
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

type Held = Pick<Session, 'status' | 'gateMs'> & { readonly month: Month }

async function lastSession(client: Client): Promise<Held | undefined> {
  let last: Held | undefined
  for await (const { key, value } of client.rows('auction/session', { prefix: 'SC-' })) {
    const month = readMonth(key.slice('SC-'.length, 'SC-2026-12'.length))
    const { status, gateMs } = value as unknown as Session
    if (month !== undefined) last = { month, status, gateMs }
  }
  return last
}

function genesisTime(genesisBytes: Uint8Array): number {
  return (JSON.parse(new TextDecoder().decode(genesisBytes)) as { readonly time: number }).time
}
