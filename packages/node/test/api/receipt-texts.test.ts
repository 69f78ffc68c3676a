import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Stored } from '../../src/service/index.ts'
import { ReceiptTexts } from '../../src/api/receipt-texts.ts'

const stored = (index: number): Stored => ({
  receipt: {
    act: 'a',
    code: 0,
    events: '00',
    height: 1,
    id: `${index}`,
    index,
    kind: 'act',
    time: 0,
    v: 1,
    refusal: { name: 'no', facts: { unit: 'U' } },
  },
  events: [],
})

it('[API-18] keeps the texts of the newest receipts, as many as it may', () => {
  let written = 0
  const doors = { sentence: () => ({ zh: `${(written += 1)}{unit}`, en: '{unit}', retry: false }) }
  const { length } = new ReceiptTexts(doors).of(stored(1))
  written = 0
  const texts = new ReceiptTexts(doors, 2 * length)
  for (const index of [1, 2, 1, 2]) texts.of(stored(index))
  assert.equal(written, 2)
  texts.of(stored(3))
  for (const index of [3, 2]) texts.of(stored(index))
  assert.equal(written, 3)
  assert.equal(JSON.parse(texts.of(stored(1))).sentence.zh, '4U')
})
