import { readReceiptProof, receiptBytes } from '@dujiang/chain'
import { emptyFrontier } from '@dujiang/core/crypto'
import type { Client } from './client.ts'
import { LOG_BYTES_MAX, LOG_RECEIPTS_MAX, type LogSpan, logBefore } from './omission-log.ts'
import { type Listed, isWithheld } from './types.ts'

/**
 * Asks for the receipts from before the block of a height until after an instant, or to the newest: what shows that an act is not among
 * them however long ago that was. Undefined while the last of them is not provable. Throws while some are their owners' alone, and where they are more than
 * a file takes. Rule OMIT-8.
 */
export async function collectLog(client: Client, height: number, untilMs: number): Promise<LogSpan | undefined> {
  const start = Math.max(0, (await indexFrom(client, height)) - 1)
  const span: Listed[] = []
  let bytes = 0
  for await (const listed of client.receipts({ after: start - 1 })) {
    span.push(listed)
    if (!isWithheld(listed)) bytes += receiptBytes(listed.receipt).length
    if (span.length > LOG_RECEIPTS_MAX || bytes > LOG_BYTES_MAX)
      throw new Error('the receipts of that time are more than a file takes')
    if (placeOf(listed).time > untilMs) break
  }
  const shown = span.flatMap((listed) => (isWithheld(listed) ? [] : [listed.receipt]))
  const withheld = span.length - shown.length
  if (withheld > 0) throw new Error(`${withheld} of ${span.length} receipts of that time are still withheld`)
  const [first, newest] = [shown[0], shown.at(-1)]
  if (first === undefined || newest === undefined) return undefined
  const [proof, last] = [await client.proof(first.id), await client.proof(newest.id)]
  const before = proof && readReceiptProof(proof)
  if (before === undefined || last === undefined) return undefined
  if (typeof before === 'string') throw new Error(`the proof of a receipt is none: ${before}`)
  return {
    before: first.index === 0 ? emptyFrontier : logBefore(first.index, before.receipts.size, before.path),
    receipts: shown.slice(0, -1),
    last,
  }
}

/** The height of the first block from this one on that recorded something: such blocks are kept for ever. */
export async function recordedFrom(client: Client, height: number): Promise<number | undefined> {
  for await (const listed of client.receipts({ after: (await indexFrom(client, height)) - 1, pageSize: 1 })) {
    return placeOf(listed).height
  }
  return undefined
}

/** The index of the first receipt that is not below a block's; where there is none, of the next. */
async function indexFrom(client: Client, height: number): Promise<number> {
  const { receipts, firstReceipt } = await client.status()
  const isBelow = async (index: number): Promise<boolean> => {
    for await (const listed of client.receipts({ after: index - 1, pageSize: 1 }))
      return placeOf(listed).height < height
    return false
  }
  // A node that joined by snapshot holds none before that; another does.
  let from = firstReceipt > 0 && (await isBelow(firstReceipt)) ? firstReceipt : 0
  let to = receipts
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    if (await isBelow(middle)) from = middle + 1
    else to = middle
  }
  return from
}

const placeOf = (listed: Listed): { readonly height: number; readonly time: number } =>
  isWithheld(listed) ? listed : listed.receipt
