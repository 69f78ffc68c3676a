import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { edited, emptyDraft } from '../../src/forms/order/draft.ts'
import { stepNamed } from '../../src/forms/order/paste-columns.ts'
import { readBlock } from '../../src/forms/order/paste.ts'
import { readCells } from '../../src/ui/grid/clipboard.ts'

const draft = emptyDraft(24, 3, 'MWh')
const read = (...lines: string[]) => readBlock(readCells(lines.join('\n')), draft, { row: 0, column: 0 })
const texts = (...lines: string[]) => edited(draft, read(...lines).cells).texts

describe('a block whose columns have names', () => {
  it('is placed by the step that each row names, and not as if that were a price', () => {
    const lines = [
      '时段\t段\t价格\t电量',
      '00:00-01:00\t1\t310\t60',
      '00:00-01:00\t3\t330\t80',
      '01:00-02:00\t2\t300\t5',
    ]
    assert.deepEqual(texts(...lines).slice(0, 2), [
      ['310', '60', '', '', '330', '80'],
      ['', '', '300', '5', '', ''],
    ])
    assert.deepEqual([read(...lines).labelled, read(...lines).leftOut, read(...lines).outside], [true, [], 0])
  })

  it('knows a step by whatever it is called, under a period that is written once', () => {
    const lines = [
      '大渡河 12 月申报\t\t\t',
      'Period\tStep\tPrice (CNY/MWh)\tVolume (MWh)',
      '00:00-01:00\t第1段\t310\t60',
      '\t第二段\t320\t70',
      '01:00-02:00\tStep 1\t300\t5',
      '合计\t\t\t135',
    ]
    assert.deepEqual(texts(...lines).slice(0, 2), [
      ['310', '60', '320', '70', '', ''],
      ['300', '5', '', '', '', ''],
    ])
    assert.deepEqual([read(...lines).heads, read(...lines).leftOut], [2, ['合计']])
    assert.deepEqual(['2', '第２段', '二', '段 3', '0', '约2', ''].map(stepNamed), [
      2,
      2,
      2,
      3,
      undefined,
      undefined,
      undefined,
    ])
  })

  it('names a step that comes again, and one that the ladder does not have', () => {
    const found = read(
      '时段\t段\t价格\t电量',
      '00:00-01:00\t1\t310\t60',
      '00:00-01:00\t1\t320\t70',
      '00:00-01:00\t4\t330\t80',
    )
    assert.deepEqual([found.leftOut, found.outside], [['00:00-01:00 1'], 2])
    assert.deepEqual(edited(draft, found.cells).texts[0], ['310', '60', '', '', '', ''])
  })

  it('finds price and volume in whatever order, and leaves out what is neither', () => {
    const lines = ['时段\t机组\t电量\t价格\t备注', '02:00-03:00\t1\t5\t340\t检修', '00:00-01:00\t1\t6\t330\t']
    assert.deepEqual(
      [texts(...lines)[0], texts(...lines)[2]],
      [
        ['330', '6', '', '', '', ''],
        ['340', '5', '', '', '', ''],
      ],
    )
    assert.deepEqual(read(...lines).others, ['机组', '备注'])
    const wide = ['\t第1段\t\t第2段\t', '\t价格\t电量\t价格\t电量', '00:00-01:00\t310\t60\t320\t70']
    assert.deepEqual(texts(...wide)[0], ['310', '60', '320', '70', '', ''])
    const apart = ['第1段价格\t第2段价格\t第1段电量\t第2段电量', '310\t320\t60\t70']
    assert.deepEqual(texts(...apart)[0], ['310', '60', '320', '70', '', ''])
  })

  it('takes nothing where it cannot be said what a column is, and names it', () => {
    const unclear = (...lines: string[]): readonly string[] => {
      const found = read(...lines)
      assert.deepEqual(found.cells, [])
      return found.unclear
    }
    assert.deepEqual(unclear('时段\t段\t数', '00:00-01:00\t1\t310'), ['段'])
    assert.deepEqual(unclear('时段\t限价\t价格\t电量', '00:00-01:00\t400\t310\t5'), ['限价', '价格', '电量'])
    assert.deepEqual(unclear('段\t价格\t电量', '1\t310\t5'), ['段'], 'of which period?')
    assert.deepEqual(unclear('时段\t电量\t价格\t', '00:00-01:00\t5\t310\t320'), ['#4'])
    assert.deepEqual(read('价格\t电量\t\t', '310\t60\t320\t70').unclear, [], 'further steps need no names')
  })
})
