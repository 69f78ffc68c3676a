import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Application, Audit, type Ledger, type SealedBlock, type TrustedKey } from '@dujiang/chain'
import { type CryptoProvider, equalBytes, toHex } from '@dujiang/core/crypto'
import { type Piece, piecesOf } from './block-lines.ts'
import { checkedAhead } from './checked-ahead.ts'
import {
  type BlockFile,
  GENESIS_NAME,
  MANIFEST_NAME,
  type Manifest,
  blockFileName,
  readManifest,
  writeManifest,
} from './layout.ts'
import { OldReceipts, readOldReceipt } from './old-receipts.ts'

export interface AuditOptions {
  readonly app: Application
  readonly crypto: CryptoProvider
  /** The ledger that the genesis file says it follows, audited to its end. */
  readonly predecessor?: Ledger
  /** The genesis file the reader trusts, not the one in the export. */
  readonly genesisBytes: Uint8Array
  readonly dir: string
  /** Threads that check signatures ahead; 0: none. */
  readonly threads: number
  /** Receipt files kept from earlier, by the names to speak of them. */
  readonly receipts?: readonly { readonly name: string; readonly bytes: Uint8Array }[]
  readonly onProgress?: (height: number, total: number) => void
  /** Told of each block that holds, and of the ledger as it has left it; the next one waits. */
  readonly onBlock?: (block: SealedBlock, ledger: Ledger) => Promise<void>
}

/** Where an audit ended because something does not hold: a height, or file and byte outside any block. */
export interface Bad {
  readonly height?: number
  readonly file?: string
  readonly offset?: number
  readonly reason: string
}

export interface AuditReport {
  readonly ok: boolean
  /** Blocks up to this height hold. */
  readonly height: number
  /** Transactions in them. */
  readonly acts: number
  readonly receipts: number
  /** How many of the receipts given along stand in them. */
  readonly receiptsFound: number
  /** The state after them. */
  readonly appHash: string
  readonly trusts: readonly TrustedKey[]
  readonly firstBad?: Bad
  /** The audited ledger, for one that follows it. */
  readonly ledger?: Ledger
}

/** Checks and executes an exported chain from its files alone. Rules EXA-1 to EXA-5. Rejects only when files cannot be read. */
export async function auditExport(options: AuditOptions): Promise<AuditReport> {
  const { app, crypto, genesisBytes, dir } = options
  const nothing = { ok: false, height: 0, acts: 0, receipts: 0, receiptsFound: 0, appHash: '', trusts: [] }
  const form = await readForm(dir, genesisBytes)
  if ('reason' in form) return { ...nothing, firstBad: form }
  let audit: Audit
  try {
    audit = new Audit(app, crypto, genesisBytes, options.predecessor)
  } catch (cause) {
    return { ...nothing, firstBad: { file: GENESIS_NAME, offset: 0, reason: (cause as Error).message } }
  }
  const run = new Run(audit, options, form)
  const firstBad = await run.all()
  const { tip, receiptLog } = audit.ledger
  return {
    ok: firstBad === undefined,
    height: tip.height,
    acts: run.acts,
    receipts: receiptLog.size,
    receiptsFound: run.kept.found,
    appHash: toHex(tip.appHash),
    trusts: audit.trusts,
    ledger: audit.ledger,
    ...(firstBad === undefined ? {} : { firstBad }),
  }
}

interface Form {
  readonly manifest: Manifest
  readonly manifestBytes: Uint8Array
}

/** Everything that can be judged before the first block. */
async function readForm(dir: string, genesisBytes: Uint8Array): Promise<Form | Bad> {
  const entries = (await readdir(dir, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    if (!entry.isFile()) return { file: entry.name, offset: 0, reason: 'it is no plain file' }
  }
  const names = entries.map(({ name }) => name)
  for (const name of [MANIFEST_NAME, GENESIS_NAME]) if (!names.includes(name)) return missing(name)
  const manifestBytes = await readFile(join(dir, MANIFEST_NAME))
  const manifest = readManifest(manifestBytes)
  if ('reason' in manifest) return { file: MANIFEST_NAME, ...manifest }
  const differs = firstDifference(await readFile(join(dir, GENESIS_NAME)), genesisBytes)
  if (differs !== undefined)
    return { file: GENESIS_NAME, offset: differs, reason: 'it is not the genesis file this audit was given' }
  const stated = manifest.files.map(({ firstHeight }) => blockFileName(firstHeight))
  for (const name of stated) if (!names.includes(name)) return missing(name)
  const known = new Set([MANIFEST_NAME, GENESIS_NAME, ...stated])
  for (const name of names)
    if (!known.has(name)) return { file: name, offset: 0, reason: 'the manifest does not know this file' }
  return { manifest, manifestBytes }
}

const missing = (file: string): Bad => ({ file, offset: 0, reason: 'the file is missing' })

class Run {
  acts = 0
  kept = new OldReceipts([])
  readonly #audit: Audit
  readonly #options: AuditOptions
  readonly #form: Form
  readonly #files: BlockFile[] = []
  /** Height of the first block of the present file. */
  #firstHeight: number | undefined
  /** Where the newest block begins. */
  #newest = { file: MANIFEST_NAME, offset: 0 }

  constructor(audit: Audit, options: AuditOptions, form: Form) {
    this.#audit = audit
    this.#options = options
    this.#form = form
  }

  async all(): Promise<Bad | undefined> {
    const { threads, dir, onProgress, onBlock } = this.#options
    const unreadable = this.#readReceipts()
    if (unreadable !== undefined) return unreadable
    const { height: total, files } = this.#form.manifest
    for await (const { piece, sealed, understood } of checkedAhead(this.#audit, piecesOf(dir, files), threads)) {
      const bad = piece.kind === 'end' ? this.#end(piece) : this.#line(piece, understood)
      if (bad !== undefined) return bad
      if (typeof sealed === 'object') {
        this.acts += sealed.txs.length
        await onBlock?.(sealed, this.#audit.ledger)
      }
      onProgress?.(this.#audit.ledger.tip.height, total)
    }
    return this.#manifest() ?? this.#lastState() ?? this.kept.beyond(this.#audit.ledger.tip.height)
  }

  #readReceipts(): Bad | undefined {
    const { crypto, receipts = [] } = this.#options
    const kept = []
    for (const { name, bytes } of receipts) {
      const old = readOldReceipt(crypto, this.#audit.ledger.founded, name, bytes)
      if (typeof old === 'string') return { file: name, offset: 0, reason: old }
      kept.push(old)
    }
    this.kept = new OldReceipts(kept)
    return undefined
  }

  #line(piece: Extract<Piece, { kind: 'line' | 'rest' }>, understood: Parameters<Audit['next']>[1]): Bad | undefined {
    const { file, offset } = piece
    const at = { height: this.#audit.nextHeight, file, offset }
    if (piece.kind === 'rest') return { ...at, reason: 'no line feed ends this line' }
    const reason = this.#audit.next(piece.bytes, understood) ?? this.kept.contradiction(this.#audit)
    if (reason !== undefined) return { ...at, reason }
    this.#newest = { file, offset }
    this.#firstHeight ??= this.#audit.ledger.tip.height
    return undefined
  }

  #end({ file, bytes, sha256, stated }: Extract<Piece, { kind: 'end' }>): Bad | undefined {
    const { height } = this.#audit.ledger.tip
    if (height < stated.lastHeight) {
      return { height: height + 1, file, offset: bytes, reason: `the file ends before block ${stated.lastHeight}` }
    }
    // A file without a block is one that the manifest cannot have.
    const firstHeight = this.#firstHeight ?? height + 1
    this.#files.push({ bytes, firstHeight, lastHeight: height, name: blockFileName(firstHeight), sha256 })
    this.#firstHeight = undefined
    return undefined
  }

  /** Only the next header would state what the last block did, and no signature here stands for it (EXP-3). */
  #lastState(): Bad | undefined {
    const { head, tip } = this.#audit.ledger
    if (head !== undefined && equalBytes(head.header.appHash, tip.appHash)) return undefined
    return { height: tip.height, ...this.#newest, reason: 'no signed header states the state after the last block' }
  }

  /** The manifest that these files have must be the manifest that is there, byte for byte. */
  #manifest(): Bad | undefined {
    const { tip, chain } = this.#audit.ledger
    const own = writeManifest({
      appHash: toHex(tip.appHash),
      chain: chain.id,
      files: this.#files,
      height: tip.height,
      kind: 'dujiang-export',
      v: 1,
    })
    const offset = firstDifference(this.#form.manifestBytes, own)
    return offset === undefined
      ? undefined
      : { file: MANIFEST_NAME, offset, reason: 'it does not describe these files' }
  }
}

/** The first byte at which two files part. */
function firstDifference(a: Uint8Array, b: Uint8Array): number | undefined {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) if (a[at] !== b[at]) return at
  return a.length === b.length ? undefined : length
}
