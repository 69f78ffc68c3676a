import { LIFETIME_MS_MAX, type Ledger, type Recorded, firstHeight } from '@dujiang/chain'
import {
  GROUP_LEAVES,
  type Hash,
  type LeafGroup,
  type LogTree,
  type Reminded,
  concatBytes,
  equalBytes,
  groupOf,
  leafHash,
  toHex,
} from '@dujiang/core/crypto'
import type { Stored } from '../service/ledger-node.ts'
import { IdTable } from './id-table.ts'
import { ReceiptFiles } from './receipt-files.ts'
import { HEAD_ENTRY_BYTES, readHead, storedNow, storedOf, textOf, writeReceiptRecord } from './receipt-record.ts'
import { RecordPlaces } from './record-places.ts'
import { Turns } from './turns.ts'

const HASH_BYTES = 32
const LEAVES_A_TIME = 65_536
const READS_MAX = 4

/** What a block recorded, and how long its record is. */
interface Recent {
  readonly all: readonly Stored[]
  readonly bytes: number
}

/** How much is in memory. */
export interface ReceiptLimits {
  /** Bytes of the newest receipts, as they lie in their file; those of the newest block always are. */
  readonly receiptBytesKept: number
  /** Newest leaves of the log, 64 bytes each; of older ones 64 bytes for 256. */
  readonly leavesKept: number
}

export const receiptLimits: ReceiptLimits = { receiptBytesKept: 8 * 1024 * 1024, leavesKept: 65_536 }

/**
 * The receipts of the ledger since this node has executed its blocks, by place in the log and by id: the newest in memory,
 * the others in a file. Rules RCP-1 to RCP-7, and SNF-8 of SPEC.md in `snapshot`.
 */
export class Receipts {
  /** Receipts below this place are not held here: they are older than what this node began with. */
  readonly firstIndex: number
  /** Time of the last block that was executed elsewhere, where there is one: this node joined by snapshot. */
  readonly #joinedMs: number | undefined
  readonly #log: LogTree
  readonly #sha256: Hash
  readonly #files: ReceiptFiles
  readonly #limits: ReceiptLimits
  readonly #ids = new IdTable()
  readonly #records = new RecordPlaces()
  /** What the newest records hold, by their number. */
  readonly #recent = new Map<number, Recent>()
  readonly #reads = new Turns(READS_MAX)
  #recentBytes = 0
  #size: number

  private constructor(ledger: Ledger, files: ReceiptFiles, limits: ReceiptLimits) {
    const { receiptLog, beginHeight, founded, tip } = ledger
    this.firstIndex = this.#size = receiptLog.size
    this.#joinedMs = beginHeight < firstHeight(founded) ? undefined : tip.timeMs
    this.#log = receiptLog
    this.#sha256 = ledger.crypto.sha256
    this.#files = files
    this.#limits = limits
  }

  /** @param ledger as it stands before the first block that is executed here; its log has forgotten nothing */
  static async of(ledger: Ledger, files: ReceiptFiles, limits = receiptLimits): Promise<Receipts> {
    const { receiptLog: log } = ledger
    const receipts = new Receipts(ledger, files, limits)
    for (let from = 0; from < log.size; from += LEAVES_A_TIME) {
      files.leaves.append(log.leaves(from, Math.min(log.size, from + LEAVES_A_TIME)))
      await files.leaves.keepUp()
    }
    return receipts
  }

  /** Of a ledger that is not kept on a disk. */
  static async inMemory(ledger: Ledger): Promise<Receipts> {
    return Receipts.of(ledger, await ReceiptFiles.inMemory())
  }

  /** Receipts in the log, held or not. */
  get size(): number {
    return this.#size
  }

  /** False: no receipt of this id is held. True: very probably one is, and `byId` knows. */
  mayHold(id: string): boolean {
    return this.#ids.placesOf(id).length > 0
  }

  /** Can an act that expires then have a receipt from before this node joined? It would not be held here. */
  mayLack(expiresMs: number): boolean {
    return this.#joinedMs !== undefined && expiresMs - LIFETIME_MS_MAX <= this.#joinedMs
  }

  async byId(id: string): Promise<Stored | undefined> {
    for (const place of this.#ids.placesOf(id)) {
      const stored = await this.at(this.firstIndex + place)
      if (stored?.receipt.id === id) return stored
    }
    return undefined
  }

  async at(index: number): Promise<Stored | undefined> {
    return index < this.firstIndex ? undefined : (await this.range(index, index + 1))[0]
  }

  /** Those from `from` to `to` (not included), as far as there are any; none before the first that is held. */
  async range(from: number, to: number): Promise<readonly Stored[]> {
    const found: Stored[] = []
    const end = Math.min(to, this.#size)
    for (let at = Math.max(from, this.firstIndex); at < end; ) {
      const number = this.#records.holding(at)
      const { first } = this.#records.at(number)
      const next = this.#records.after(number)?.first ?? this.#size
      const upTo = Math.min(next, end)
      for (const each of await this.#read(number, next - first, at - first, upTo - first)) found.push(each)
      at = upTo
    }
    return found
  }

  /** What the block of this height recorded. */
  async ofBlock(height: number): Promise<readonly Stored[]> {
    const number = this.#records.ofHeight(height)
    if (number === undefined) return []
    return this.range(this.#records.at(number).first, this.#records.after(number)?.first ?? this.#size)
  }

  /** Takes in what a block recorded, once the log has its leaves. `positions`: the place in the block of each of its transactions, by id. */
  add(height: number, recorded: readonly Recorded[], positions: ReadonlyMap<string, number>): readonly Stored[] {
    if (recorded.length === 0) return []
    const { records, leaves } = this.#files
    const all = recorded.map((each) => storedNow(each, positions))
    const record = writeReceiptRecord(all)
    const number = this.#records.add({ height, first: this.#size, offset: records.end })
    for (const { receipt } of all) this.#ids.add(receipt.id, this.#size++ - this.firstIndex)
    records.append(record)
    leaves.append(concatBytes(...recorded.map(({ leaf }) => leaf)))
    this.#recent.set(number, { all, bytes: record.length })
    this.#recentBytes += record.length
    this.#forget()
    return all
  }

  /** Resolves when little waits for the disk, so that memory is bounded. Rejects when the disk takes no more. */
  keepUp(): Promise<void> {
    return this.#files.keepUp()
  }

  /** The path of a receipt in the log of `size`, held here or not. */
  async inclusionProof(index: number, size: number): Promise<Uint8Array[]> {
    const reminded = await this.#reads.take(() => this.#remind(index, index + 1, size - 1))
    return this.#log.inclusionProof(index, size, reminded)
  }

  /** Leaf hashes `from` to `to` (not included) of the log, side by side. */
  async leaves(from: number, to: number): Promise<Uint8Array> {
    return this.#log.leaves(from, to, await this.#reads.take(() => this.#remind(from, to)))
  }

  /** What has been written need not be in memory. What the newest block recorded never is yet. */
  #forget(): void {
    const { records, leaves } = this.#files
    for (const [number, { bytes }] of this.#recent) {
      const end = this.#records.at(number).offset + bytes
      if (this.#recentBytes <= this.#limits.receiptBytesKept || end > records.written) break
      this.#recent.delete(number)
      this.#recentBytes -= bytes
    }
    const written = Math.floor(leaves.written / HASH_BYTES)
    this.#log.forgetBefore(Math.min(written, Math.max(0, this.#log.size - this.#limits.leavesKept)))
  }

  /** Receipts `from` to `to` of the `count` of a record. */
  async #read(number: number, count: number, from: number, to: number): Promise<readonly Stored[]> {
    const recent = this.#recent.get(number)
    return recent?.all.slice(from, to) ?? this.#reads.take(() => this.#readFile(number, count, from, to))
  }

  async #readFile(number: number, count: number, from: number, to: number): Promise<readonly Stored[]> {
    const { records } = this.#files
    const { first, offset } = this.#records.at(number)
    const bytes = (this.#records.after(number)?.offset ?? records.end) - offset
    const entries = readHead(await records.read(offset, count * HEAD_ENTRY_BYTES), bytes)?.slice(from, to)
    const start = entries?.[0]?.start
    const end = entries?.at(-1)?.end
    if (entries === undefined || start === undefined || end === undefined) {
      throw records.damaged(offset, `the lengths of the receipts from ${first} on`)
    }
    const part = await records.read(offset + start, end - start)
    const reminded = await this.#remind(first + from, first + to)
    return entries.map((entry, i) => {
      const index = first + from + i
      const receiptBytes = part.subarray(entry.start - start, entry.eventsStart - start)
      const eventsBytes = part.subarray(entry.eventsStart - start, entry.end - start)
      const isOurs = equalBytes(leafHash(this.#sha256, receiptBytes), this.#log.leaf(index, reminded))
      const stored = isOurs ? storedOf(receiptBytes, textOf(eventsBytes), entry.position) : undefined
      if (stored === undefined || toHex(this.#sha256(eventsBytes)) !== stored.receipt.events) {
        throw records.damaged(offset + entry.start, `receipt ${index} is not the one in the log`)
      }
      return stored
    })
  }

  /** What the log needs to be reminded of to answer about leaves `from` to `to` (not included), and about one more. */
  async #remind(from: number, to: number, andOf = from): Promise<Reminded> {
    const reminded = new Map<number, LeafGroup>()
    const numbers = [groupOf(andOf)]
    for (let number = groupOf(from); number * GROUP_LEAVES < to; number++) numbers.push(number)
    for (const number of numbers) {
      if (reminded.has(number)) continue
      // Held while the others are read: it may be forgotten meanwhile.
      reminded.set(number, this.#log.group(number * GROUP_LEAVES) ?? (await this.#readGroup(number)))
    }
    return reminded
  }

  async #readGroup(number: number): Promise<LeafGroup> {
    const { leaves } = this.#files
    const bytes = GROUP_LEAVES * HASH_BYTES
    const group = this.#log.remind(number, await leaves.read(number * bytes, bytes))
    if (group !== undefined) return group
    const first = number * GROUP_LEAVES
    throw leaves.damaged(number * bytes, `leaves ${first} to ${first + GROUP_LEAVES - 1} are not those of the log`)
  }
}
