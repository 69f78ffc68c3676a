import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { availableParallelism } from 'node:os'
import type { Ledger } from '@dujiang/chain'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { dujiangMarket } from '@dujiang/market'
import { type AuditOptions, type AuditReport, type Bad, auditExport } from '@dujiang/node/export'
import { EXIT_REFUSED, Failure } from '../failure.ts'
import { foundedBy } from '../genesis.ts'
import { unreadable } from '../input.ts'
import { say } from '../language.ts'
import { jsonLine, print } from '../output.ts'
import { progressBar } from '../progress.ts'
import { trustLines } from '../trusts.ts'
import { Checkpoints } from './checkpoints.ts'

interface Flags {
  readonly genesis: string
  readonly receipt: readonly string[]
  readonly follows?: string
  readonly checkpoint: readonly string[]
  readonly witness: readonly string[]
  readonly json?: true
  readonly threads?: string
}

/** Audits the export in `dir`; the exit status is 0 only if all of it holds. */
export async function audit(dir: string, flags: Flags): Promise<number> {
  const { genesis, receipt, follows, json, threads } = flags
  const genesisBytes = Uint8Array.from(await readFile(genesis).catch(unreadable(genesis)))
  const receipts = await Promise.all(
    receipt.map(async (name) => ({ name, bytes: Uint8Array.from(await readFile(name).catch(unreadable(name))) })),
  )
  const { chain } = foundedBy(genesis, genesisBytes)
  const checkpoints = await Checkpoints.read(flags.checkpoint, flags.witness, chain)
  const startMs = performance.now()
  const pilot = follows === undefined ? undefined : await auditedPilot(genesis, genesisBytes, follows, threads)
  const own = await audited(dir, genesisBytes, threads, {
    receipts,
    onBlock: async (block) => checkpoints.meet(block),
    ...(pilot && { predecessor: pilot.ledger }),
  })
  const report = witnessed({ ...own, trusts: [...(pilot?.trusts ?? []), ...own.trusts] }, checkpoints)
  const seconds = Math.round(performance.now() - startMs) / 1000
  const given = receipts.length
  await print(json === true ? jsonLine(jsonOf(report, given, seconds)) : inWords(report, given, seconds))
  return report.ok ? 0 : EXIT_REFUSED
}

/** A chain that holds by itself does not hold when a witness has signed another. */
function witnessed(report: AuditReport, { bad }: Checkpoints): AuditReport {
  return report.ok && bad !== undefined ? { ...report, ok: false, firstBad: bad } : report
}

function audited(
  dir: string,
  genesisBytes: Uint8Array,
  threads: string | undefined,
  more: Pick<AuditOptions, 'receipts' | 'predecessor' | 'onBlock'>,
): Promise<AuditReport> {
  const bar = progressBar(say(`审计 ${dir}`, `auditing ${dir}`))
  const trusted = { app: dujiangMarket(), crypto: nodeCrypto, genesisBytes }
  return auditExport({ ...trusted, dir, threads: threadsOf(threads), ...more, onProgress: bar.update })
    .catch(unreadable(dir))
    .finally(() => bar.stop())
}

/** The ledger that the audited one goes on from. Its genesis file is trusted because the pinned one names its hash. */
async function auditedPilot(
  genesis: string,
  genesisBytes: Uint8Array,
  dir: string,
  threads: string | undefined,
): Promise<{ readonly ledger: Ledger; readonly trusts: AuditReport['trusts'] }> {
  const { follows } = foundedBy(genesis, genesisBytes).genesis
  const path = join(dir, 'genesis.json')
  const pilotGenesis = Uint8Array.from(await readFile(path).catch(unreadable(path)))
  if (follows?.chain !== toHex(nodeCrypto.sha256(pilotGenesis))) {
    throw new Failure(
      `${genesis} 承接的不是 ${dir} 这条链`,
      `${genesis} does not follow the chain in ${dir}`,
      EXIT_REFUSED,
    )
  }
  const { ledger, height, trusts, firstBad } = await audited(dir, pilotGenesis, threads, {})
  if (ledger === undefined || firstBad !== undefined) {
    const text = `${dir}: ${placeOf(firstBad as Bad)}`
    throw new Failure(text, text, EXIT_REFUSED)
  }
  const held = say(
    `✓ 试点区块 1–${height} 全部核验并重新执行`,
    `✓ blocks 1-${height} of the pilot checked and executed again`,
  )
  process.stderr.write(`${held}\n`)
  return { ledger, trusts }
}

function threadsOf(given: string | undefined): number {
  if (given === undefined) return availableParallelism()
  if (!/^\d{1,2}$/.test(given))
    throw new Failure('--threads 取 0 到 99 的整数', '--threads takes a whole number from 0 to 99')
  return Number(given)
}

function jsonOf(report: AuditReport, given: number, seconds: number) {
  const { ok, height, acts, receipts, receiptsFound, appHash, trusts, firstBad } = report
  const { height: badHeight = null, file = null, offset = null, reason = '' } = firstBad ?? {}
  const old = { receipts_given: given, receipts_found: receiptsFound }
  const first_bad = firstBad === undefined ? null : { height: badHeight, file, offset, reason }
  return { ok, height, blocks: height, acts, receipts, ...old, app_hash: appHash, trusts, seconds, first_bad }
}

function inWords(report: AuditReport, given: number, seconds: number): string {
  const { ok, height, acts, receipts, receiptsFound, appHash, trusts, firstBad } = report
  const held = say(
    `区块 1–${height} 全部核验并重新执行：交易 ${acts}，回执 ${receipts}，用时 ${seconds} 秒`,
    `blocks 1-${height} checked and executed again: ${acts} transactions, ${receipts} receipts, ${seconds} s`,
  )
  const old = say(
    `以前保存的回执在链中找到 ${receiptsFound}/${given} 份`,
    `receipts kept from earlier: ${receiptsFound} of ${given} found in this chain`,
  )
  const lines = ok
    ? [`✓ ${held}`, say(`状态 ${appHash}`, `state ${appHash}`), ...(given === 0 ? [] : [old]), ...trustLines(trusts)]
    : [`✗ ${placeOf(firstBad as Bad)}`, ...(height === 0 ? [] : [held]), ...(given === 0 ? [] : [old])]
  return `${lines.join('\n')}\n`
}

function placeOf({ height, file, offset, reason }: Bad): string {
  const at = file === undefined ? '' : say(`${file} 第 ${offset} 字节`, `${file} at byte ${offset}`)
  if (height === undefined) return `${at}: ${reason}`
  return say(`第一个不成立的区块高度 ${height}（${at}）：${reason}`, `first bad height ${height} (${at}): ${reason}`)
}
