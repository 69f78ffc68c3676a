import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { nodeCrypto } from '@dujiang/crypto/node'
import { dujiangMarket } from '@dujiang/market'
import { type AuditReport, type Bad, auditExport } from '@dujiang/node/export'
import { EXIT_REFUSED, Failure } from '../failure.ts'
import { unreadable } from '../input.ts'
import { say } from '../language.ts'
import { jsonLine, print } from '../output.ts'
import { progressBar } from '../progress.ts'
import { trustLines } from '../trusts.ts'

interface Flags {
  readonly genesis: string
  readonly receipt: readonly string[]
  readonly json?: true
  readonly threads?: string
}

/** Audits the export in `dir`; the exit status is 0 only if all of it holds. */
export async function audit(dir: string, { genesis, receipt, json, threads }: Flags): Promise<number> {
  const genesisBytes = Uint8Array.from(await readFile(genesis).catch(unreadable(genesis)))
  const receipts = await Promise.all(
    receipt.map(async (name) => ({ name, bytes: Uint8Array.from(await readFile(name).catch(unreadable(name))) })),
  )
  const bar = progressBar(say('审计', 'auditing'))
  const startMs = performance.now()
  const report = await auditExport({
    app: dujiangMarket(),
    crypto: nodeCrypto,
    genesisBytes,
    dir,
    threads: threadsOf(threads),
    receipts,
    onProgress: bar.update,
  })
    .catch(unreadable(dir))
    .finally(() => bar.stop())
  const seconds = Math.round(performance.now() - startMs) / 1000
  const given = receipts.length
  await print(json === true ? jsonLine(jsonOf(report, given, seconds)) : inWords(report, given, seconds))
  return report.ok ? 0 : EXIT_REFUSED
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
