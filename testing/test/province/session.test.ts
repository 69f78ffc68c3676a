import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  type Month,
  type News,
  type SessionReport,
  bookOf,
  holdSession,
  monthAfter,
  registration,
  sendAll,
} from '@dujiang/testing/province'
import { MemoryDesk, signerOf } from './desk.ts'

const DECEMBER: Month = { year: 2026, month: 12 }
const JUNE: Month = { year: 2027, month: 6 }
const pace = { opensAfterMs: 2_000, gateAfterMs: 4_000 }

async function founded(): Promise<MemoryDesk> {
  const desk = new MemoryDesk()
  for (const wave of registration(signerOf, desk.nowMs())) await sendAll(desk, wave)
  return desk
}

async function held(desk: MemoryDesk, month: Month): Promise<{ report: SessionReport; news: News[] }> {
  const news: News[] = []
  return { report: await holdSession(desk, month, pace, (each) => news.push(each)), news }
}

const yuanOf = ({ result }: SessionReport, period: number): number =>
  (result.periods[period - 1]?.price ?? NaN) / 100_000

describe('the sample province', async () => {
  const desk = await founded()
  const dry = await held(desk, DECEMBER)
  const next = await held(desk, monthAfter(DECEMBER, undefined))
  const wet = await held(desk, JUNE)

  it('holds a session from the notice to the published result', () => {
    const { session, result, tally } = dry.report
    assert.equal(session.status, 'published')
    assert.equal(session.name, '四川省2026年12月省内月度集中竞价交易（示例）')
    assert.equal(session.deliveryTo, '2026-12-31')
    assert.equal(result.periods.length, 24)
    assert.ok(result.periods.every(({ volumeWh, price }) => volumeWh > 0 && price !== undefined))
    // Of the invited units one withdraws and one comes too late.
    assert.equal(tally.submitted, tally.invited - 2)
    assert.equal(result.units, tally.submitted)
  })

  it('clears a dry day at 315 to 340 at midday, 365 to 380 in the evening, and peaks below 436 yuan/MWh', () => {
    for (const { report } of [dry, next]) {
      for (const period of [12, 13, 14, 15, 16]) within(yuanOf(report, period), 315, 340)
      for (const period of [19, 21, 22, 23]) within(yuanOf(report, period), 365, 380)
      within(yuanOf(report, 20), 420, 436)
    }
  })

  it('clears a surplus of water at 77 to 101 yuan/MWh in every period of a wet month', () => {
    assert.match(wet.report.session.name, /富余电量/)
    for (let period = 1; period <= 24; period++) within(yuanOf(wet.report, period), 77, 101)
  })

  it('shows the refusals a clerk will meet, each for its own reason', () => {
    const shown = dry.news.flatMap((each) =>
      each.kind === 'refused' ? [[each.attempt, each.answer.refusal?.name]] : [],
    )
    assert.deepEqual(shown, [
      ['boundary', 'notProvincial'],
      ['overLimit', 'overLimit'],
      ['late', 'gateClosed'],
      ['samePerson', 'samePerson'],
    ])
    const over = dry.news.find((each) => each.kind === 'refused' && each.attempt === 'overLimit')
    assert.ok(over?.kind === 'refused' && (over.answer.refusal?.facts['fitsWh'] as number) > 0)
  })

  it('has the same book in every run of a month, and another in another month', async () => {
    const again = await held(await founded(), DECEMBER)
    assert.deepEqual(again.report.result.periods, dry.report.result.periods)
    assert.notDeepEqual(next.report.result.periods, dry.report.result.periods)
    assert.deepEqual(bookOf(DECEMBER), bookOf(DECEMBER))
  })

  it('bids within what its plants can give: no unit is ever above its limit', () => {
    for (const month of [DECEMBER, JUNE]) {
      const { bids, replacements, late, limits } = bookOf(month)
      for (const { unit, periods, volumesWh } of [...bids, ...replacements, late]) {
        for (const [column, period] of periods.entries()) {
          const offeredWh = volumesWh.reduce((sum, row) => sum + (row[column] as number), 0)
          assert.ok(offeredWh <= (limits.get(unit)?.[period - 1] as number), `${unit} in period ${period}`)
        }
      }
    }
  })
})

function within(value: number, low: number, high: number): void {
  assert.ok(value >= low && value <= high, `${value} is not within ${low} to ${high}`)
}
