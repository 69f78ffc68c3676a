import type { Body, Event, Fed, Receipt } from '@dujiang/chain'
import type { FedTexts } from './feed.ts'

/** Reads what the ledger has written: it was checked when it came in, and again when it was read from a disk. */
export function readFed({ receipt, events, act }: FedTexts): Fed {
  const read = { receipt: JSON.parse(receipt) as Receipt, events: JSON.parse(events) as readonly Event[] }
  if (act === undefined) return read
  const { v, payload } = (JSON.parse(act) as { readonly body: Body }).body
  return { ...read, asked: { v, payload } }
}
