import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ledger } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { dujiangMarket } from '@dujiang/market'
import { type Exported, NothingToExport, exportChain } from '@dujiang/node/export'
import { Failure } from '../failure.ts'
import { foundedBy } from '../genesis.ts'
import { say } from '../language.ts'
import { pilotLedger } from '../network/pilot.ts'
import { jsonLine, print } from '../output.ts'
import { progressBar } from '../progress.ts'
import { explainedLocal } from '../node/trouble.ts'
import { isClosedTo } from './closed-book.ts'

export interface ExportFlags {
  readonly data: string
  readonly operator?: true
  readonly follows?: string
  readonly json?: true
}

/** Exports the chain in `flags.data` to the new folder `out` and says what is in it. */
export async function exportTo(out: string, flags: ExportFlags): Promise<void> {
  const market = dujiangMarket()
  if (flags.operator === true) {
    const warning = say(
      '警告：导出包含尚未截止场次的申报，请勿外传',
      'warning: the export holds orders of sessions still open; do not pass it on',
    )
    process.stderr.write(`${warning}\n`)
  }
  const predecessor = await predecessorOf(flags)
  const bar = progressBar(say('重放', 'replaying'))
  try {
    const exported = await exportChain({
      app: market,
      crypto: nodeCrypto,
      dataDir: flags.data,
      outDir: out,
      onProgress: bar.update,
      ...(predecessor && { predecessor }),
      ...(flags.operator === true ? {} : { isClosed: isClosedTo(market) }),
    })
    bar.stop()
    await print(flags.json === true ? jsonLine(jsonOf(exported)) : inWords(out, exported))
  } catch (cause) {
    bar.stop()
    throw explained(cause)
  }
}

/** In a node's home the pilot that its ledger follows lies beside it; elsewhere it is named. */
async function predecessorOf({ data, follows }: ExportFlags): Promise<Ledger | undefined> {
  const path = join(data, 'genesis.json')
  const bytes = Uint8Array.from(await readFile(path).catch(explainedLocal))
  if (foundedBy(path, bytes).genesis.follows === undefined) return undefined
  return pilotLedger(follows ?? join(data, '../pilot'))
}

function jsonOf({ chain, height, appHash, files, bytes, ledgerHeight, closedAtHeight }: Exported) {
  const closed = closedAtHeight ?? null
  return { chain, height, app_hash: appHash, files, bytes, ledger_height: ledgerHeight, closed_at_height: closed }
}

function inWords(
  out: string,
  { chain, height, appHash, files, bytes, ledgerHeight, closedAtHeight }: Exported,
): string {
  const megabytes = (bytes / 1e6).toFixed(1)
  const lines = [
    say(
      `已导出 ${out}：区块 1–${height}，${files} 个文件，${megabytes} MB`,
      `exported ${out}: blocks 1-${height}, ${files} files, ${megabytes} MB`,
    ),
    say(`链 ${chain}`, `chain ${chain}`),
    say(`状态 ${appHash}`, `state ${appHash}`),
  ]
  if (closedAtHeight !== undefined) {
    lines.push(
      say(
        `区块 ${closedAtHeight} 起含有尚未截止场次的申报，未导出`,
        `from block ${closedAtHeight} on there are orders of sessions still open: not exported`,
      ),
    )
  } else if (height < ledgerHeight) {
    lines.push(
      say(
        `账本已到区块 ${ledgerHeight}，其后的状态尚不可证明`,
        `the ledger is at block ${ledgerHeight}; the state after ${height} is not provable yet`,
      ),
    )
  }
  return `${lines.join('\n')}\n`
}

function explained(cause: unknown): unknown {
  if (cause instanceof NothingToExport) {
    return cause.closedAtHeight === undefined
      ? new Failure('账本还没有可证明的区块，请稍后再试', 'the ledger has no provable block yet: try again in a moment')
      : new Failure(
          '可导出的区块都含有尚未截止场次的申报；等截止后再导出，或由运营方加 --operator',
          'every block holds orders of sessions still open: wait for the gate, or as its operator add --operator',
        )
  }
  return explainedLocal(cause)
}
