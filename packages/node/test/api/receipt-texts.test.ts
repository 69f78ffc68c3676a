import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Receipt } from '@dujiang/chain'
import type { Stored } from '../../src/service/index.ts'
import { ReceiptTexts } from '../../src/api/receipt-texts.ts'

const events = '[{"data":{"名":"甲"},"name":"said"}]'
const stored = (refusal?: Receipt['refusal']): Stored => {
  const receipt = {
    act: 'a',
    code: 0,
    events: '00',
    height: 1,
    id: 'ab',
    index: 7,
    kind: 'act',
    time: 0,
    v: 1,
  } as const
  const whole = refusal === undefined ? receipt : { ...receipt, refusal }
  return { receipt: whole, receiptBytes: new TextEncoder().encode(JSON.stringify(whole)), eventsText: events }
}
const doors = {
  sentence: (name: string) => (name === 'no' ? { zh: '{unit}不行', en: '{unit} may not', retry: false } : undefined),
}

it('[API-18] shows receipt and events as they were hashed', () => {
  const { receiptBytes } = stored()
  const text = new ReceiptTexts(doors).of(stored())
  assert.equal(text, `{"id":"ab","receipt":${new TextDecoder().decode(receiptBytes)},"events":${events}}`)
})

it('[API-2] says in words why an act was declined, where there are words', () => {
  const shown = JSON.parse(new ReceiptTexts(doors).of(stored({ name: 'no', facts: { unit: 'U' } })))
  assert.deepEqual(shown.sentence, { zh: 'U不行', en: 'U may not', retry: false })
  assert.equal(JSON.parse(new ReceiptTexts(doors).of(stored({ name: 'unknownToAll', facts: {} }))).sentence, undefined)
})

it('[API-18] says it once for as long as the ledger keeps the receipt in memory', () => {
  let said = 0
  const texts = new ReceiptTexts({ sentence: () => ((said += 1), undefined) })
  const declined = stored({ name: 'no', facts: {} })
  for (let time = 0; time < 3; time++) texts.of(declined)
  assert.equal(said, 1)
  texts.of(stored({ name: 'no', facts: {} }))
  assert.equal(said, 2)
})
