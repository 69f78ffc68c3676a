import {
  type Commit,
  type Head,
  type Header,
  type Ledger,
  type Validator,
  evidenceHash,
  headerHash,
  validatorsHash,
  verifyCommit,
} from '@dujiang/chain'
import { equalBytes } from '@dujiang/core/crypto'
import type { Clock } from '../../seams/index.ts'
import type { ArchiveStand } from '../engine.ts'
import type { Archive, Seal } from './archive.ts'
import type { Passed } from './comet-keeper.ts'

/** What is asked of the engine about blocks it has. Rejects when the engine does not answer or no longer has the block. */
export interface BlockSource {
  commit(height: number): Promise<{ readonly header: Header; readonly commit: Commit; readonly canonical: boolean }>
  validators(height: number): Promise<readonly Validator[]>
  /** The proofs of faults in a block, as they stand in it. */
  evidence(height: number): Promise<readonly Uint8Array[]>
}

/** Prepares what has to change with the head; called in the same turn as the ledger takes the header in, the answer changes it. */
export type Crowning = (next: Pick<Head, 'header' | 'commit'>) => Promise<() => void>

const RETRY_MS = 250
const BATCH_MAX = 64

/**
 * Goes after the executed blocks and fetches from the engine what the engine does not hand over: the newest header, which
 * makes receipts provable, and the seals that are kept for ever. Rules CMT-10 and CMT-11.
 */
export class Follower {
  readonly #ledger: Ledger
  readonly #archive: Archive
  readonly #source: BlockSource
  readonly #clock: Clock
  readonly #crowning: Crowning
  /** Heights to be kept, ascending, with the hash of the header where it is known. */
  readonly #wanted: { readonly height: number; readonly hash: Uint8Array | undefined }[] = []
  #last: Passed | undefined
  #firstOfNewSet: number | undefined
  #cancelRetry: () => void = () => undefined
  #running = false
  #again = false
  #stopped = false
  #trouble: string | undefined

  constructor(ledger: Ledger, archive: Archive, source: BlockSource, clock: Clock, crowning: Crowning) {
    this.#ledger = ledger
    this.#archive = archive
    this.#source = source
    this.#clock = clock
    this.#crowning = crowning
  }

  /**
   * A block has been executed: the next one, or one of those before the start, in order, between which blocks without
   * effect are left out.
   */
  pass(block: Passed): void {
    const { height, quiet } = block
    const before = this.#last
    const isNext = before?.height === height - 1
    if (before !== undefined && !isNext) {
      if (!before.quiet) this.#want(before.height + 1, undefined)
      if (this.#firstOfNewSet !== undefined && this.#firstOfNewSet < height) this.#want(this.#firstOfNewSet, undefined)
    }
    if (!quiet) this.#want(height - 1, isNext ? before.hash : undefined)
    const isKept = (isNext && !before.quiet) || height === this.#firstOfNewSet || height === this.#firstHeight
    if (!quiet || isKept) this.#want(height, block.hash)
    if (block.reseats) this.#firstOfNewSet = height + 2
    this.#last = block
    this.#wake()
  }

  /** The lowest height that is still to be fetched; undefined when all are. */
  get owes(): number | undefined {
    return this.#wanted[0]?.height
  }

  get stand(): ArchiveStand {
    const behind = this.owes === undefined ? 0 : Math.max(0, this.#ledger.tip.height - this.owes + 1)
    return { behind, ...(this.#trouble === undefined ? {} : { trouble: this.#trouble }) }
  }

  stop(): void {
    this.#stopped = true
    this.#cancelRetry()
  }

  #want(height: number, hash: Uint8Array | undefined): void {
    const last = this.#wanted.at(-1)?.height ?? this.#archive.lastHeight
    if (height > last && height >= this.#firstHeight) this.#wanted.push({ height, hash })
  }

  /** Who trusts nothing but the genesis file begins with its header. Of a node that has joined, the engine has none below. */
  get #firstHeight(): number {
    return this.#ledger.beginHeight + 1
  }

  #wake(): void {
    this.#again = true
    if (this.#running || this.#stopped) return
    this.#running = true
    this.#cancelRetry()
    void this.#run()
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false
      try {
        await this.#crownNewest()
        await this.#keepWanted()
        this.#trouble = undefined
      } catch (cause) {
        this.#trouble = cause instanceof Error ? cause.message : String(cause)
        this.#cancelRetry = this.#clock.wakeAfter(RETRY_MS, () => this.#wake())
      }
    }
    // In the same turn as the last look at `#again`: who wakes it later starts it anew.
    this.#running = false
  }

  async #crownNewest(): Promise<void> {
    const { height } = this.#ledger.tip
    if (height === 0 || height === this.#ledger.head?.header.height) return
    const { header, commit } = await this.#source.commit(height)
    const crowned = await this.#crowning({ header, commit })
    const fault = this.#ledger.crown(header, commit)
    if (fault !== undefined) throw new Error(fault)
    crowned()
  }

  /** The commit inside the next block is the one that header commits to: before there is one, it may still change. */
  async #keepWanted(): Promise<void> {
    const seals: Seal[] = []
    for (const { height, hash } of this.#wanted.slice(0, BATCH_MAX)) {
      if (height >= this.#ledger.tip.height) break
      const { header, commit, canonical } = await this.#source.commit(height)
      if (!canonical) break
      await this.#demandTrue(header, commit, hash)
      const evidence = await this.#evidenceOf(header)
      seals.push({ header, commit, ...(evidence.length === 0 ? {} : { evidence }) })
    }
    if (seals.length === 0) return
    await this.#archive.add(seals)
    this.#wanted.splice(0, seals.length)
    if (this.#wanted.length > 0) this.#again = true
  }

  /** The engine on this machine has judged it already: this keeps a mistake from being kept for ever. */
  async #demandTrue(header: Header, commit: Commit, hash: Uint8Array | undefined): Promise<void> {
    const { crypto } = this.#ledger
    const own = headerHash(crypto.sha256, header)
    if (hash !== undefined && !equalBytes(own, hash))
      throw new Error(`block ${header.height}: another header than executed`)
    const validators = await this.#validatorsOf(header)
    const fault = verifyCommit(crypto, header.chainId, validators, own, header.height, commit)
    if (fault !== undefined) throw new Error(`block ${header.height}: commit: ${fault.reason}`)
  }

  #known: { readonly hash: Uint8Array; readonly validators: readonly Validator[] } | undefined

  async #validatorsOf({ height, validatorsHash: hash }: Header): Promise<readonly Validator[]> {
    if (this.#known !== undefined && equalBytes(this.#known.hash, hash)) return this.#known.validators
    const validators = await this.#source.validators(height)
    if (!equalBytes(validatorsHash(this.#ledger.crypto.sha256, validators), hash)) {
      throw new Error(`block ${height}: other validators than its header names`)
    }
    this.#known = { hash, validators }
    return validators
  }

  async #evidenceOf({ height, evidenceHash: hash }: Header): Promise<readonly Uint8Array[]> {
    const { sha256 } = this.#ledger.crypto
    if (equalBytes(hash, evidenceHash(sha256, []))) return []
    const evidence = await this.#source.evidence(height)
    if (!equalBytes(hash, evidenceHash(sha256, evidence)))
      throw new Error(`block ${height}: other evidence than executed`)
    return evidence
  }
}
