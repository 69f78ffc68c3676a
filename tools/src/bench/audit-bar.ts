import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Scheme } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { dujiangMarket } from '@dujiang/market'
import { auditExport, exportChain } from '@dujiang/node/export'
import { realClock, realDisk } from '@dujiang/node/seams'
import { type LedgerNode, openLedgerNode } from '@dujiang/node/service'
import { UNITS, benchGenesis, biddersOf, foundingActs, nodeKey, nodeValidator } from './crew.ts'
import type { Figure } from './figure.ts'
import { rawVerification } from './limit.ts'
import { signRounds } from './orders.ts'

const ROUNDS = 15
const OPENS_IN_MS = 6_000

/** An exported chain of orders, audited from its files on all cores: every signature, every decision. */
export async function auditBar(scheme: Scheme): Promise<readonly Figure[]> {
  const dir = await mkdtemp(join(tmpdir(), 'dujiang-bench-'))
  try {
    const genesisBytes = benchGenesis(Date.now() - 1_000)
    const [dataDir, outDir] = [join(dir, 'data'), join(dir, 'export')]
    await makeChain(scheme, genesisBytes, dataDir)
    const made = { app: dujiangMarket(), crypto: nodeCrypto }
    const exported = await exportChain({ ...made, dataDir, outDir })
    const { perSecond: limit } = await rawVerification(scheme, 1.5)
    const startedAt = performance.now()
    const report = await auditExport({ ...made, genesisBytes, dir: outDir, threads: availableParallelism() })
    const seconds = (performance.now() - startedAt) / 1_000
    if (!report.ok) throw new Error(`the bench's own chain does not hold: ${JSON.stringify(report.firstBad)}`)
    const expected = ROUNDS * UNITS
    if (report.acts < expected)
      throw new Error(`${report.acts} acts exported, not ${expected} orders and what founds them`)
    return [
      {
        bar: `audit.${scheme}`,
        value: report.acts / seconds,
        unit: 'acts/s',
        limit,
        note: 'all cores verifying alone',
      },
      { bar: `audit.${scheme}.bytes`, value: exported.bytes / report.acts, unit: 'bytes/act', note: 'of the export' },
    ]
  } finally {
    await rm(dir, { recursive: true })
  }
}

async function provable(node: LedgerNode): Promise<void> {
  const isProvable = (): boolean => node.status().provable === node.status().receipts
  if (isProvable()) return
  await new Promise<void>((resolve) => {
    const end = node.onCommit(() => {
      if (!isProvable()) return
      end()
      resolve()
    })
  })
}

async function makeChain(scheme: Scheme, genesisBytes: Uint8Array, dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true })
  const node = await openLedgerNode({
    app: dujiangMarket(),
    crypto: nodeCrypto,
    genesisBytes,
    dataDir,
    disk: realDisk,
    clock: realClock,
    validator: nodeValidator,
    nodeKey,
  })
  try {
    const bidders = biddersOf(scheme)
    const opensMs = Date.now() + OPENS_IN_MS
    const founding = foundingActs(node.chain, bidders, opensMs)
    const rounds = signRounds(node.chain, bidders, ROUNDS, Date.now())
    for (const batch of founding) await submitAll(batch)
    await new Promise((done) => setTimeout(done, Math.max(0, opensMs - Date.now()) + 10))
    for (const round of rounds) await submitAll(round)
    // An export ends where every receipt is proved: without the empty block after the last order it would end far earlier.
    await provable(node)
  } finally {
    await node.close()
  }

  async function submitAll(acts: readonly Uint8Array[]): Promise<void> {
    for (const outcome of await node.submitMany(acts)) {
      const accepted = outcome.kind === 'committed' && outcome.stored.receipt.code === 0
      if (!accepted) throw new Error(`the bench's own act is not accepted: ${JSON.stringify(outcome)}`)
    }
  }
}
