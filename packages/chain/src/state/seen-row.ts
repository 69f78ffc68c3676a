import { type Hash, parseHex, toHex } from '@dujiang/core/crypto'
import { minuteOf, rolled, seenKey } from './seen.ts'

/**
 * The row that the state has when exactly these ids, in this order, of acts that expire in the minute of `expires` have been
 * executed: its key, and its value if there are any. Undefined when one is no id. Rule SEEN-2.
 */
export function seenRow(
  sha256: Hash,
  expires: number,
  ids: readonly string[],
): { readonly key: string; readonly value?: { readonly count: number; readonly rolling: string } } | undefined {
  const key = seenKey(minuteOf(expires))
  let rolling: Uint8Array = new Uint8Array(32)
  for (const id of ids) {
    const bytes = parseHex(id)
    if (bytes?.length !== 32) return undefined
    rolling = rolled(sha256, rolling, bytes)
  }
  return ids.length === 0 ? { key } : { key, value: { count: ids.length, rolling: toHex(rolling) } }
}
