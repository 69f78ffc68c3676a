import type { Event, Receipt, Recorded } from '@dujiang/chain'
import type { Stored } from '../service/ledger-node.ts'

// Rule RCP-1: for each receipt its position in the block plus one (0: it has none), the length of its bytes and that of its
// events' (4 bytes each, big-endian); then for each its bytes and its events'.
export const HEAD_ENTRY_BYTES = 12

/** Where in the record the texts of a receipt are. */
export interface Entry {
  readonly position: number | undefined
  readonly start: number
  readonly eventsStart: number
  readonly end: number
}

/** What a block recorded, as it lies in the file of receipts. */
export function writeReceiptRecord(all: readonly Stored[]): Uint8Array {
  const events = all.map(({ eventsText }) => Buffer.byteLength(eventsText))
  let at = all.length * HEAD_ENTRY_BYTES
  const record = Buffer.allocUnsafeSlow(
    all.reduce((bytes, { receiptBytes }, i) => bytes + receiptBytes.length + (events[i] as number), at),
  )
  let headAt = 0
  for (const [i, { receiptBytes, eventsText, position }] of all.entries()) {
    headAt = record.writeUInt32BE(position === undefined ? 0 : position + 1, headAt)
    headAt = record.writeUInt32BE(receiptBytes.length, headAt)
    headAt = record.writeUInt32BE(events[i] as number, headAt)
    record.set(receiptBytes, at)
    at += receiptBytes.length
    at += record.write(eventsText, at)
  }
  return new Uint8Array(record.buffer, record.byteOffset, record.length)
}

/** The entries of a record, by its first bytes; undefined when it has not the length that they say. */
export function readHead(head: Uint8Array, recordBytes: number): readonly Entry[] | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.length)
  const entries: Entry[] = []
  let start = head.length
  for (let at = 0; at < head.length; at += HEAD_ENTRY_BYTES) {
    const position = view.getUint32(at)
    const eventsStart = start + view.getUint32(at + 4)
    const end = eventsStart + view.getUint32(at + 8)
    entries.push({ position: position === 0 ? undefined : position - 1, start, eventsStart, end })
    start = end
  }
  return start === recordBytes ? entries : undefined
}

/** A receipt as its bytes say; they must be known to be a receipt's. */
export function storedOf(bytes: Uint8Array, eventsText: string, position: number | undefined): Stored {
  const receipt = JSON.parse(textOf(bytes)) as Receipt
  return { receipt, receiptBytes: bytes, eventsText, ...(position === undefined ? {} : { position }) }
}

/** What has just been recorded. `positions`: the place in the block of each of its transactions, by id. */
export function storedNow(recorded: Recorded, positions: ReadonlyMap<string, number>): Stored {
  const { receipt, bytes, eventsText } = recorded
  const position = receipt.kind === 'act' ? positions.get(receipt.id) : undefined
  return { receipt, receiptBytes: bytes, eventsText, ...(position === undefined ? {} : { position }) }
}

export const eventsOf = ({ eventsText }: Stored): readonly Event[] => JSON.parse(eventsText) as readonly Event[]

export const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
