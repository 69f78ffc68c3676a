import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type OrderFacts, explainOrder } from '@dujiang/market'
import { alignedPrice, alignedVolume, decimalsOf, decimalsOfLot } from '../../src/forms/order/aligned.ts'
import { beyond } from '../../src/forms/order/beyond.ts'
import { draftOf, edited, emptyDraft, inEnergy, readDraft } from '../../src/forms/order/draft.ts'
import { marksOf, withoutUnread } from '../../src/forms/order/marks.ts'
import { mergedOrder } from '../../src/forms/order/merge.ts'
import { readBlock } from '../../src/forms/order/paste.ts'
import { totalsOf } from '../../src/forms/order/totals.ts'
import { curveOf, levelsOf } from '../../src/market/period/curve.ts'
import { type BookStep, stepsOf } from '../../src/market/period/period-book.ts'
import { readSteps } from '../../src/market/period/what-if.ts'
import { readCells } from '../../src/ui/grid/clipboard.ts'

const YUAN = 100_000
const MWH = 1_000_000
const TOP = { row: 0, column: 0 }

const order = (side: 'sell' | 'buy', id: string, place: number, rows: readonly (readonly [number, number])[]) => ({
  id,
  place,
  side,
  unit: `U-${id}`,
  periods: [1],
  prices: rows.map(([price]) => [price * YUAN]),
  volumesWh: rows.map(([, volume]) => [volume * MWH]),
})

describe('a ladder as it is typed', () => {
  it('becomes the columns of an order: only periods that offer, only as many steps as are used', () => {
    const draft = edited(emptyDraft(24, 3, 'MWh'), [
      { row: 1, column: 0, text: '340.5' },
      { row: 1, column: 1, text: '12.5' },
      { row: 1, column: 2, text: '350' },
      { row: 1, column: 3, text: '1' },
      { row: 4, column: 0, text: '-10' },
      { row: 4, column: 1, text: '2' },
    ])
    assert.deepEqual(readDraft(draft), {
      faults: [],
      order: {
        periods: [2, 5],
        prices: [
          [340.5 * YUAN, -10 * YUAN],
          [350 * YUAN, 0],
        ],
        volumesWh: [
          [12.5 * MWH, 2 * MWH],
          [MWH, 0],
        ],
      },
    })
  })

  it('gives the order it was made of back, in either unit', () => {
    const given = { periods: [3, 24], prices: [[35_123_000, 100]], volumesWh: [[1_500_000, 1]] }
    for (const energy of ['MWh', '万千瓦时'] as const) {
      assert.deepEqual(readDraft(draftOf(given, 24, 3, energy)).order, given)
    }
    const changed = inEnergy(draftOf(given, 24, 3, 'MWh'), '万千瓦时')
    assert.equal(changed.texts[2]?.[1], '0.15')
    assert.deepEqual(readDraft(changed).order, given)
  })

  it('names each cell that cannot be read, and keeps its period out of what the rules are asked', () => {
    const draft = edited(emptyDraft(24, 2, 'MWh'), [
      { row: 0, column: 0, text: '1,234' },
      { row: 0, column: 1, text: '5' },
      { row: 1, column: 1, text: '5' },
      { row: 2, column: 2, text: '5' },
    ])
    const { faults, order: read } = readDraft(draft)
    assert.deepEqual(
      faults.map(({ row, column, reason }) => [row, column, reason]),
      [
        [0, 0, 'badCharacter'],
        [1, 0, 'priceMissing'],
        [2, 3, 'volumeMissing'],
      ],
    )
    assert.equal(read, undefined)
    const problem = (period: number) => ({ name: 'offTick', zh: '', en: '', facts: { period, step: 1 } })
    assert.deepEqual(withoutUnread(faults, [problem(1), problem(7)]), [problem(7)])
  })

  it('marks the cell a refusal means: a price, a volume, or every volume of a period', () => {
    const draft = edited(emptyDraft(24, 2, 'MWh'), [
      { row: 5, column: 1, text: '5' },
      { row: 5, column: 3, text: '6' },
    ])
    const problem = (name: string, facts: object) => ({ name, zh: name, en: name, facts: { ...facts } })
    const say = { reason: String, problem: ({ name }: { name: string }) => name }
    const marks = marksOf(
      draft,
      [],
      [
        problem('aboveCap', { period: 1, step: 2 }),
        problem('offLot', { period: 2, step: 1 }),
        problem('overLimit', { period: 6 }),
        problem('nothingOffered', {}),
      ],
      say,
    )
    assert.equal(marks.at(0, 2)?.text, 'aboveCap')
    assert.equal(marks.at(1, 1)?.text, 'offLot')
    assert.equal(marks.at(5, 1)?.text, 'overLimit')
    assert.equal(marks.at(5, 3)?.text, 'overLimit')
    assert.equal(marks.at(5, 0), undefined)
    assert.deepEqual(
      marks.other.map(({ name }) => name),
      ['nothingOffered'],
    )
  })
})

it('prices stand with points that align, and as they were typed where they say more', () => {
  assert.deepEqual(
    ['310', '1234.5', '-10', '310.005', 'x', ''].map((text) => alignedPrice(text, 2)),
    ['310.00', '1,234.50', '-10.00', '310.005', 'x', ''],
  )
  assert.deepEqual([decimalsOf(1_000), decimalsOf(100), decimalsOf(100_000)], [2, 3, 2])
  assert.deepEqual(
    ['1200', '12.5', 'x', ''].map((text) => alignedVolume(text, 'MWh', decimalsOfLot(MWH, 'MWh'))),
    ['1,200', '12.5', 'x', ''],
  )
  assert.equal(alignedVolume('1200', '万千瓦时', decimalsOfLot(MWH, '万千瓦时')), '1,200.0')
})

describe('an order beyond what the ledger can record', () => {
  const problems = (prices: number[][], volumesWh: number[][]) => {
    const order = { session: 'S', unit: 'U', side: 'sell', periods: [1, 6], prices, volumesWh } as const
    const payload = { ...order, periods: [...order.periods] }
    return explainOrder({} as OrderFacts, payload).shape.flatMap((each) => beyond(payload, each))
  }

  it('has each such cell marked, in words and in both languages', () => {
    const volumesWh = [
      [MWH, MWH],
      [0, MWH],
    ]
    const found = problems(
      [
        [1_000_000_001, 300 * YUAN],
        [0, 2_000_000_000],
      ],
      volumesWh,
    )
    assert.deepEqual(
      found.map(({ name, facts }) => [name, facts['period'], facts['step']]),
      [
        ['priceBeyond', 1, 1],
        ['priceBeyond', 6, 2],
      ],
    )
    assert.match(found[1]?.zh ?? '', /第\{step\}段价格超出/)
    assert.match(found[1]?.en ?? '', /step \{step\}: the price is beyond/)
    const marks = marksOf(emptyDraft(24, 3, 'MWh'), [], found, { reason: String, problem: ({ name }) => name })
    assert.equal(marks.at(5, 2)?.text, 'priceBeyond')
    assert.deepEqual(marks.other, [])
    const low = problems([[-2_000_000_000, 300 * YUAN]], [[MWH, MWH]])
    assert.deepEqual(low[0]?.facts, { period: 1, step: 1, limit: -1_000_000_000 })
  })

  it('has its volumes marked as such', () => {
    const found = problems([[300 * YUAN, 300 * YUAN]], [[200_000_000_000_000, MWH]])
    const marks = marksOf(emptyDraft(24, 3, 'MWh'), [], found, { reason: String, problem: ({ name }) => name })
    assert.equal(marks.at(0, 1)?.text, 'volumeBeyond')
  })
})

describe('what if', () => {
  const terms = { priceFloor: 0, priceCap: 48_144_000, tick: 1_000, lotWh: MWH }
  const own = [1, 2].map((step): BookStep => ({ order: 'a', unit: 'U', side: 'sell', step, price: 1, volumeWh: 1 }))
  const read = (texts: string[][], limitWh?: number) => readSteps(own, texts, terms, 'MWh', () => limitWh)

  it('reads what the notice allows, to the tick and the lot', () => {
    const [off, on] = read([
      ['300.005', '1.5'],
      ['300.01', '2'],
    ])
    assert.deepEqual(off, { price: undefined, volumeWh: undefined })
    assert.deepEqual(on, { price: 30_001_000, volumeWh: 2 * MWH })
    assert.equal(read([['481.45', '1']])[0]?.price, undefined)
  })

  it('reads no more than the unit may bid, over all its steps', () => {
    const texts = [
      ['300', '60'],
      ['310', '41'],
    ]
    assert.deepEqual(
      read(texts, 100 * MWH).map(({ volumeWh }) => volumeWh),
      [undefined, undefined],
    )
    assert.deepEqual(
      read(texts, 101 * MWH).map(({ volumeWh }) => volumeWh),
      [60 * MWH, 41 * MWH],
    )
  })
})

describe('a block from a spreadsheet', () => {
  const draft = emptyDraft(24, 3, 'MWh')

  it('goes where it is pasted, cell by cell, and what lies outside is counted', () => {
    const pasted = readBlock(readCells('1\t2\r\n3\t4\r\n'), draft, { row: 23, column: 4 })
    assert.deepEqual(
      pasted.cells.map(({ row, column, text }) => [row, column, text]),
      [
        [23, 4, '1'],
        [23, 5, '2'],
      ],
    )
    assert.equal(pasted.outside, 2)
  })

  it('is placed by the periods it names, below its heads', () => {
    const pasted = readBlock(readCells('时段\t价格\t电量\n02:00-03:00\t340\t5\n00:00-01:00\t330\t6'), draft, TOP)
    assert.deepEqual([pasted.heads, pasted.labelled], [1, true])
    assert.deepEqual(
      pasted.cells.map(({ row, column, text }) => [row, column, text]),
      [
        [2, 0, '340'],
        [2, 1, '5'],
        [0, 0, '330'],
        [0, 1, '6'],
      ],
    )
  })

  it('takes rows that name one period again for its further steps, in order, and says so', () => {
    const lines = ['00:00-01:00\t310\t60', '00:00-01:00\t320\t70', '01:00-02:00\t300\t1\t310\t2', '01:00-02:00\t320\t3']
    const pasted = readBlock(readCells(lines.join('\n')), draft, TOP)
    assert.deepEqual([pasted.labelled, pasted.further, pasted.outside], [true, 2, 0])
    assert.deepEqual(edited(draft, pasted.cells).texts.slice(0, 2), [
      ['310', '60', '320', '70', '', ''],
      ['300', '1', '310', '2', '320', '3'],
    ])
    const many = readBlock(readCells(Array(4).fill('00:00-01:00\t310\t60').join('\n')), draft, TOP)
    assert.deepEqual([many.further, many.outside], [3, 2], 'a fourth step has no place, and is not lost unsaid')
    const padded = readBlock(readCells('00:00-01:00\t310\t60\t0\t\n00:00-01:00\t320\t70\t0\t'), draft, TOP)
    assert.deepEqual(edited(draft, padded.cells).texts[0], ['310', '60', '320', '70', '', ''])
  })

  it('leaves out rows that name no period where most do, and names them', () => {
    const lines = [
      '00:00-01:00\t310\t60',
      '小计\t\t60',
      '01:00-02:00\t320\t70',
      '\t\t',
      '02:00-03:00\t330\t80',
      '合计\t\t210',
    ]
    const pasted = readBlock(readCells(lines.join('\n')), draft, TOP)
    assert.deepEqual([pasted.labelled, pasted.leftOut], [true, ['小计', '合计']])
    assert.deepEqual(
      pasted.cells.map(({ row, column, text }) => [row, column, text]),
      [
        [0, 0, '310'],
        [0, 1, '60'],
        [1, 0, '320'],
        [1, 1, '70'],
        [2, 0, '330'],
        [2, 1, '80'],
      ],
    )
    assert.deepEqual(readBlock(readCells('310\t60\n320\t70'), draft, TOP).leftOut, [])
  })

  it('keeps an empty first line, which is a period without steps, and guesses nothing of bare hours', () => {
    const empty = readBlock(readCells('\t\n340\t5'), draft, TOP)
    assert.deepEqual([empty.heads, empty.cells.at(-1)?.row], [0, 1])
    const bare = readBlock(readCells('1:00\t340'), draft, TOP)
    assert.deepEqual([bare.labelled, bare.cells[0]?.state], [false, 'bad'])
  })

  it('says what it has understood only without separators, and what it cannot understand', () => {
    const states = readBlock(readCells('1,234.5\t３４０\n12,34\tnine\n−5\t5'), draft, TOP).cells
    assert.deepEqual(
      states.map(({ text, state }) => [text, state]),
      [
        ['1234.5', 'changed'],
        ['340', 'changed'],
        ['12,34', 'bad'],
        ['nine', 'bad'],
        ['-5', 'changed'],
        ['5', 'good'],
      ],
    )
  })

  it('takes zeros for no step, but not a price without a volume', () => {
    const cells = readBlock(readCells('0\t0\t350\t0'), draft, TOP).cells
    assert.deepEqual(
      cells.map(({ text }) => text),
      ['', '', '350', '0'],
    )
  })
})

describe('orders together', () => {
  it('are one ladder: steps of one price are one, sellers rise and buyers fall', () => {
    const sells = [
      order('sell', 'b', 2, [[300, 4]]),
      order('sell', 'a', 1, [
        [200, 1],
        [300, 2],
      ]),
    ]
    assert.deepEqual(mergedOrder(sells, 'sell'), {
      periods: [1],
      prices: [[200 * YUAN], [300 * YUAN]],
      volumesWh: [[MWH], [6 * MWH]],
    })
    assert.equal(mergedOrder(sells, 'buy'), undefined)
    const buys = [
      order('buy', 'c', 3, [
        [100, 1],
        [50, 1],
      ]),
      order('buy', 'd', 4, [[70, 1]]),
    ]
    assert.deepEqual(mergedOrder(buys, 'buy')?.prices, [[100 * YUAN], [70 * YUAN], [50 * YUAN]])
  })

  it('add up, with the average weighted by volume and rounded once', () => {
    const totals = totalsOf(
      order('sell', 'a', 1, [
        [100, 1],
        [200, 2],
      ]),
    )
    assert.deepEqual(totals, { volumeWh: 3 * MWH, averagePrice: 16_666_667, periods: 1, steps: 2 })
  })

  it('are curves: the best price first, equal prices one line in order of place', () => {
    const orders = [
      order('sell', 'a', 1, [[200, 3]]),
      order('sell', 'b', 2, [
        [100, 1],
        [200, 2],
      ]),
    ]
    const curve = curveOf(stepsOf(orders, 1, 'sell'), 'sell')
    assert.deepEqual(
      curve.map(({ order: id, fromWh, toWh }) => [id, fromWh / MWH, toWh / MWH]),
      [
        ['b', 0, 1],
        ['a', 1, 4],
        ['b', 4, 6],
      ],
    )
    assert.deepEqual(levelsOf(curve), [
      [0, 100 * YUAN],
      [MWH, 200 * YUAN],
      [6 * MWH, 200 * YUAN],
    ])
    assert.deepEqual(levelsOf([]), [])
  })

  it('of ten thousand steps are drawn in a moment', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => order('sell', String(at), at, [[at % 997, 1]]))
    assert.equal(levelsOf(curveOf(stepsOf(many, 1, 'sell'), 'sell')).length, 997 + 1)
  })
})
