import type { Receipt } from '@dujiang/chain'
import type { Acknowledged } from './acknowledged.ts'
import { type Chain, receiptHash } from './chain.ts'

/**
 * Holds a ledger to what was acknowledged: nothing lost, changed or late, nothing doubled, nothing invented. Gives every
 * broken promise as a sentence that begins with one of these words.
 * @param sent ids of all acts that anybody ever signed for this ledger
 */
export function judge(
  acknowledged: readonly Acknowledged[],
  { receipts, timesMs }: Pick<Chain, 'receipts' | 'timesMs'>,
  sent: ReadonlySet<string>,
): readonly string[] {
  const problems: string[] = []
  const byId = new Map<string, Receipt>()
  for (const [at, receipt] of receipts.entries()) {
    const { id, index, kind } = receipt
    if (index !== at) problems.push(`changed: receipt ${at} of the log says that it is number ${index}`)
    const other = byId.get(id)
    if (other !== undefined) problems.push(`doubled: ${id} has receipts ${other.index} and ${index}`)
    if (kind === 'act' && !sent.has(id)) problems.push(`invented: nobody sent ${id}`)
    byId.set(id, receipt)
  }
  for (const told of acknowledged) {
    const receipt = byId.get(told.id)
    const what = `${told.id}, ${told.kind} at height ${told.height}`
    if (receipt === undefined) problems.push(`lost: ${what}`)
    else if (told.kind === 'committed') {
      const same =
        receiptHash(receipt) === told.receipt && receipt.index === told.index && receipt.height === told.height
      if (!same) problems.push(`changed: ${what}`)
    } else {
      const fromMs = timesMs[told.height] ?? Number.NaN
      if (!(receipt.time <= fromMs + told.withinSeconds * 1_000)) problems.push(`late: ${what}`)
    }
  }
  return problems
}
