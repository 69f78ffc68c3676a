import { Client } from '@dujiang/client'
import type { Session } from '@dujiang/market'
import {
  Declined,
  LEVELS_ARE_ASSUMED,
  type Month,
  holdSession,
  monthAfter,
  readMonth,
  registration,
  sendAll,
  sequenceName,
  sessionOf,
} from '@dujiang/testing/province'
import { ClientDesk } from './client-desk.ts'
import { earlierState } from './earlier.ts'
import type { Founded } from './found.ts'
import { fetchProofs, verifyOffline } from './offline/check.ts'
import type { Options } from './options.ts'
import { teller } from './progress.ts'
import type { Run } from './summary.ts'
import { Trouble } from './trouble.ts'

/** The notice stands this long before the session opens: the units are invited meanwhile. */
const OPENS_AFTER_MS = 1_500

/** How a machine too slow for the pace shows. */
const TOO_SLOW: readonly string[] = ['gateClosed', 'invitationsClosed']

const tooSlow = (cause: unknown): Trouble =>
  new Trouble(
    '未能在闭市前完成申报；请用 --gate 延长申报时间',
    'the gate came too soon, give more --gate seconds',
    cause,
  )

/** Plays the next session over the public API, then fetches and verifies the proof of every receipt it left. */
export async function playSession(
  options: Options,
  { genesisBytes, keys, existed }: Founded,
  url: string,
  print: (line: string) => void,
): Promise<Run> {
  const startedMs = performance.now()
  const client = new Client({ nodes: [url] })
  const desk = new ClientDesk(client, keys)
  const before = await client.status()
  await register(desk, genesisTime(genesisBytes), keys.of, print)

  const last = await lastSession(client)
  const unfinished = last && earlierState(last, Date.now())
  if (last !== undefined && unfinished !== undefined) {
    print(`· 上一场 ${sequenceName(last.month)} 上次未走完：${unfinished}；接着做下一个月`)
  }
  const month = monthAfter(last?.month, options.season)
  print(`${sequenceName(month)}`)
  const pace = { opensAfterMs: OPENS_AFTER_MS, gateAfterMs: options.gateSeconds * 1_000 }
  const report = await holdSession(desk, month, pace, teller(month, print)).catch((cause: unknown) => {
    throw cause instanceof Declined && TOO_SLOW.includes(cause.refusal) ? tooSlow(cause) : cause
  })

  print('· 取回本次全部回执的证明，交另一进程离线验证')
  const fetched = await fetchProofs(client, before.receipts - 1, `${options.dataDir}/receipts/${sessionOf(month)}`)
  const verdict = await verifyOffline(`${options.dataDir}/genesis.json`, fetched.folder)
  return {
    dataDir: options.dataDir,
    recovered: existed,
    report,
    before,
    after: await client.status(),
    transactions: fetched.receipts.filter(({ receipt }) => receipt.kind === 'act').length,
    verdict,
    seconds: Math.round(performance.now() - startedMs) / 1_000,
  }
}

/** Registers what is not on the ledger yet: all of it at first, nothing later, the rest after an interrupted start. */
async function register(
  desk: ClientDesk,
  fromMs: number,
  signerOf: Founded['keys']['of'],
  print: (line: string) => void,
): Promise<void> {
  let registered = 0
  const titles = ['市场成员', '电厂（含国调、网调边界电厂）', '交易单元']
  for (const [at, wave] of registration(signerOf, fromMs).entries()) {
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
