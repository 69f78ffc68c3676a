import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { bringDay, sessionOf } from '../../src/demo/italy/bring.ts'
import { hoursOnRecord } from '../../src/demo/italy/hours.ts'
import { withLedger } from '../../src/demo/italy/ledger.ts'
import { checkReceipts, receiptFiles } from '../../src/demo/italy/receipts.ts'
import type { Day, Hour } from '../../src/demo/italy/source.ts'

const hour = (period: number): Hour => ({
  period,
  supply: { prices: [2_000_000], volumesWh: [10_000] },
  demand: { prices: [3_000_000], volumesWh: [4_000 * period] },
  exportWh: 0,
  published: { price: 2_000_000 },
})
const day: Day = { date: '2025-04-01', hours: [hour(1), hour(2)] }

const brought = () =>
  withLedger(undefined, async (node) => {
    await bringDay(node, day)
    const files = await receiptFiles(node, new Set([sessionOf(day.date)]))
    return { hours: hoursOnRecord(node.view(), day), files }
  })

describe('receipts of recorded sessions', () => {
  it('[ITALY-6] prove each hour, and one changed bit is found out', async () => {
    const { hours, files } = await brought()
    assert.deepEqual(checkReceipts(files, hours), { files: 3, verified: 3, hours: 2 })
    const bent = files.map((file) => {
      const copy = Uint8Array.from(file)
      copy[copy.length >> 1] = (copy[copy.length >> 1] as number) ^ 1
      return copy
    })
    assert.deepEqual(checkReceipts(bent, hours), { files: 3, verified: 0, hours: 0 })
  })

  it('[ITALY-6] prove no hour that says something else than they do', async () => {
    const { hours, files } = await brought()
    const [first, second] = hours as [(typeof hours)[0], (typeof hours)[0]]
    const other = { ...first, row: { ...first.row, difference: { ...first.row.difference, price: 'inside' as const } } }
    const swapped = { ...second, row: { ...second.row, book: first.row.book } }
    assert.deepEqual(checkReceipts(files, [other, swapped]), { files: 3, verified: 3, hours: 0 })
  })
})
