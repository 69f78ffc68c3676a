import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ListPage } from '@dujiang/projections'
import { Questions, UNDER_WAY_MAX, WAITING_MAX, WAITING_OF_ONE_MAX } from '../../src/projections/questions.ts'
import { SimClock } from '../../src/seams/index.ts'

const page: ListPage = { rows: [], upTo: 0 }

function questions() {
  const clock = new SimClock(0)
  const begun: { readonly number: number; readonly asker: string }[] = []
  const asked = new Questions(clock, (number, { table }) => void begun.push({ number, asker: table }))
  // The table's name tells the test who asks.
  const ask = (asker: string) => asked.ask({ table: asker, equals: {}, seals: [], limit: 1 }, asker)
  const askers = (): string => begun.map(({ asker }) => asker).join('')
  return { clock, begun, asked, ask, askers }
}

describe('questions to the projections’ thread', () => {
  it('[PRN-6] are few at once, and half of the places at most are one address’s', async () => {
    const { asked, ask } = questions()
    const mine = Array.from({ length: WAITING_OF_ONE_MAX }, () => ask('a'))
    assert.deepEqual(await ask('a'), { none: 'tooMany' })
    const others = Array.from({ length: WAITING_MAX - WAITING_OF_ONE_MAX }, (_, at) => ask(`b${at}`))
    assert.deepEqual(await ask('c'), { none: 'tooMany' })
    asked.end()
    for (const each of [...mine, ...others]) assert.deepEqual(await each, { none: 'notReady' })
    assert.deepEqual(await ask('a'), { none: 'notReady' })
  })

  it('[PRN-6] of whoever asks little come before the many of one, and each answer goes to its own question', async () => {
    const { begun, asked, ask, askers } = questions()
    const many = Array.from({ length: UNDER_WAY_MAX + 4 }, () => ask('a'))
    const few = ['b', 'c'].map(ask)
    assert.equal(askers(), 'a'.repeat(UNDER_WAY_MAX))
    for (let at = 0; at < begun.length; at++) asked.answer(begun[at]!.number, { ...page, upTo: at })
    assert.equal(askers(), `${'a'.repeat(UNDER_WAY_MAX)}bcaaaa`)
    assert.deepEqual(await few[0], { page: { ...page, upTo: UNDER_WAY_MAX } })
    assert.deepEqual(await many.at(-1), { page: { ...page, upTo: begun.length - 1 } })
  })

  it('[PRN-6] are not begun once nobody waits for them, and keep their place with the thread until it has done', async () => {
    const { clock, begun, asked, ask, askers } = questions()
    const given = Array.from({ length: UNDER_WAY_MAX + 2 }, () => ask('a'))
    await clock.advanceTo(10_000)
    for (const each of given) assert.deepEqual(await each, { none: 'tooSlow' })
    const later = ask('b')
    assert.equal(askers(), 'a'.repeat(UNDER_WAY_MAX))
    asked.answer(begun[0]!.number, page)
    assert.equal(askers(), `${'a'.repeat(UNDER_WAY_MAX)}b`)
    asked.answer(begun.at(-1)!.number, page)
    assert.deepEqual(await later, { page })
  })
})
