import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type NoticeTemplate, type RuleSet, auction, noticeTemplates } from '@dujiang/market'
import { foundingRulesWith } from '@dujiang/testing/province'
import { invitationsOf, limitTexts, readLimits } from '../../src/forms/limits/limits-draft.ts'
import { readPasted } from '../../src/forms/limits/paste-limits.ts'
import { problemsOfNotice } from '../../src/forms/notice/notice-problems.ts'
import { textsOfSession, textsOfTemplate } from '../../src/forms/notice/notice-texts.ts'
import { readNotice } from '../../src/forms/notice/read-notice.ts'

/** 2026-11-28 16:00 in Beijing. */
const NOW_MS = Date.UTC(2026, 10, 28, 8)
const rules = { ...foundingRulesWith(), fromMs: 0, proposedBy: 'SCPX', approvedBy: 'SCNEA' } as RuleSet
const month = noticeTemplates[0] as NoticeTemplate
const texts = textsOfTemplate(month, rules, NOW_MS, new Set(['SC-2026-12-1']))
const facts = {
  timeMs: NOW_MS,
  org: 'SCPX',
  taken: false,
  sequence: { name: '', org: 'SCPX' },
  rules,
}

describe('the form of a notice', () => {
  it('begins from a template under the next free id, and reads back as the act carries it', () => {
    assert.equal(texts.session, 'SC-2026-12-2')
    const { faults, payload } = readNotice(texts)
    assert.deepEqual(faults, [])
    assert.ok(payload)
    assert.equal(payload.priceCap, 48_144_000)
    assert.equal(payload.opensMs, Date.UTC(2026, 10, 29, 1, 30), 'Beijing time, whatever the zone of the machine')
    assert.deepEqual(problemsOfNotice(facts, payload), [])
    const again = textsOfSession(payload, NOW_MS, new Set([payload.session]))
    assert.deepEqual({ ...again, session: texts.session }, texts)
    assert.equal(again.session, 'SC-2026-12-3')
  })

  it('names every text that cannot be read', () => {
    const bad = { ...texts, session: '编号', contact: ' ', priceCap: '1,000', periods: '0', gateMs: '2026-13-01T00:00' }
    const { faults, payload } = readNotice(bad)
    assert.equal(payload, undefined)
    assert.deepEqual(Object.fromEntries(faults.map(({ field, reason }) => [field, reason])), {
      session: 'badId',
      contact: 'empty',
      priceCap: 'badCharacter',
      periods: 'notWhole',
      gateMs: 'badInstant',
    })
  })

  it('reads a day and a time as they are typed or pasted, with seconds or without', () => {
    const typed = { ...texts, opensMs: '2026-11-29 09:30', gateMs: '2026-11-29T10:30:00', deliveryFrom: ' 2026-12-01 ' }
    const { payload } = readNotice(typed)
    assert.deepEqual(
      [payload?.opensMs, payload?.gateMs, payload?.deliveryFrom],
      [Date.UTC(2026, 10, 29, 1, 30), Date.UTC(2026, 10, 29, 2, 30), '2026-12-01'],
    )
  })

  it('puts every problem beside its field', () => {
    const { payload } = readNotice({
      ...texts,
      gateMs: texts.opensMs,
      deliveryTo: '2026-11-01',
      priceCap: '9999.999',
      tick: '0.01',
      stepsMax: '6',
      tieRule: 'time',
    })
    assert.ok(payload)
    const problems = problemsOfNotice({ ...facts, taken: true, sequence: undefined }, payload)
    assert.deepEqual(
      problems.map(({ name, fields }) => [name, ...fields]),
      [
        ['sessionExists', 'session'],
        ['sequenceUnknown', 'sequence'],
        ['noticeTimes', 'opensMs', 'gateMs'],
        ['noticeDelivery', 'deliveryFrom', 'deliveryTo'],
        ['noticeLimits', 'priceFloor', 'priceCap'],
        ['noticeTick', 'priceCap'],
        ['noticeRule', 'stepsMax'],
      ],
    )
    for (const { name } of problems) assert.ok(name in auction.refusals.sentences)
  })
})

describe('limits of units', () => {
  const units = new Set(['A', 'B', 'C'])

  it('are read from a spreadsheet line by line, with or without heads', () => {
    const text = ['单元\t上限', 'A\t1,200.5', 'B\t1\t2', 'B\t1', 'X\t1', 'C\t1\tx', ''].join('\r\n')
    assert.deepEqual(
      readPasted(text, 2, units).map(({ line, unit, texts: typed, fault }) => [line, unit, typed.join(' '), fault]),
      [
        [2, 'A', '1200.5 1200.5', undefined],
        [3, 'B', '1 2', undefined],
        [4, 'B', '1 1', 'twice'],
        [5, 'X', '1 1', 'unknown'],
        [6, 'C', '1 x', 'number'],
      ],
    )
  })

  it('take no decimal comma for a separator of thousands', () => {
    const [low, high, whole] = readPasted('A\t1,5\nB\t12,34\nC\t1,234,567.5', 1, units)
    assert.deepEqual([low?.fault, low?.texts], ['number', ['1,5']])
    assert.deepEqual([high?.fault, high?.texts], ['number', ['12,34']])
    assert.deepEqual([whole?.fault, whole?.texts], [undefined, ['1234567.5']])
  })

  it('say how many values are missing or too many', () => {
    for (const line of ['A\t1\t2', 'A\t1\t2\t3\t4']) assert.equal(readPasted(line, 3, units)[0]?.fault, 'count', line)
  })

  it('are sent where they are new or changed, fifty units an act', () => {
    const recorded = { limitWh: [1_000_000, 0] }
    const draft = new Map([['same', limitTexts(recorded.limitWh, 2)], ...many(120)])
    const acts = invitationsOf(draft, new Map([['same', recorded]]))
    assert.deepEqual(
      acts.map((some) => some.length),
      [50, 50, 20],
    )
    assert.deepEqual(acts[0]?.[0], { unit: 'U0', limitWh: [2_500_000, 2_500_000] })
    assert.deepEqual(readLimits(['1', '']).faults, [{ period: 2, reason: 'empty' }])
  })
})

const many = (count: number) => Array.from({ length: count }, (_, at) => [`U${at}`, ['2.5', '2.5']] as const)
