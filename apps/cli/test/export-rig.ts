import { cp, mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CryptoProvider } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { dujiangMarket } from '@dujiang/market'
import { type AuditOptions, type AuditReport, auditExport, exportChain } from '@dujiang/node/export'
import { type Sample, type SampleOptions, sampleChain } from './sample-chain.ts'

const market = dujiangMarket()

/** Makes folders that are gone after the tests. */
export class Folders {
  #root: string | undefined

  async make(name: string): Promise<string> {
    this.#root ??= await mkdtemp(join(tmpdir(), 'dujiang-export-'))
    const dir = join(this.#root, name)
    await mkdir(dir, { recursive: true })
    return dir
  }

  async remove(): Promise<void> {
    if (this.#root !== undefined) await rm(this.#root, { recursive: true })
  }
}

export interface ExportedSample extends Sample {
  /** Holds data/, out/, genesis.json and receipt files. */
  readonly dir: string
  readonly out: string
  readonly genesisBytes: Uint8Array
}

/** A sample chain, exported in files of `blocksMax` blocks. */
export async function exportedSample(
  dir: string,
  options: SampleOptions = {},
  blocksMax = 10,
): Promise<ExportedSample> {
  const sample = await sampleChain(dir, options)
  const out = join(dir, 'out')
  const limits = { blocksMax, bytesMax: 2 ** 24 }
  await exportChain({ app: market, crypto: nodeCrypto, dataDir: sample.dataDir, outDir: out, limits })
  return { ...sample, dir, out, genesisBytes: Uint8Array.from(await readFile(sample.genesisPath)) }
}

/** Audits without threads, remembering verdicts on signatures: they depend on the bytes alone. */
export function auditor(genesisBytes: Uint8Array): (dir: string, more?: Partial<AuditOptions>) => Promise<AuditReport> {
  const crypto = remembering(nodeCrypto)
  return (dir, more = {}) => auditExport({ app: market, crypto, genesisBytes, dir, threads: 0, ...more })
}

function remembering(crypto: CryptoProvider): CryptoProvider {
  const known = new Map<string, boolean>()
  const remember = (parts: readonly Uint8Array[], scheme: string, ask: () => boolean): boolean => {
    const name = `${scheme} ${parts.map((part) => Buffer.from(part).toString('latin1')).join(' ')}`
    const before = known.get(name)
    if (before !== undefined) return before
    const verdict = ask()
    known.set(name, verdict)
    return verdict
  }
  return {
    ...crypto,
    verify: (scheme, key, message, signature) =>
      remember([key, message, signature], scheme, () => crypto.verify(scheme, key, message, signature)),
    verifyCommit: (key, message, signature) =>
      remember([key, message, signature], 'commit', () => crypto.verifyCommit(key, message, signature)),
  }
}

/** A copy of an export, to be damaged. */
export async function copyOf(out: string, to: string): Promise<string> {
  await rm(to, { recursive: true, force: true })
  await cp(out, to, { recursive: true })
  return to
}

export async function filesOf(dir: string): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>()
  for (const name of (await readdir(dir)).sort()) files.set(name, await readFile(join(dir, name)))
  return files
}
