import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Actor, actorOf, alarmOf, rungOf, trivialApp } from '@dujiang/testing/trivial'
import { type Application, Defect, type Effect, nextWake } from '../../src/index.ts'
import { START_MS, TestLedger, codesOf, receiptsOf } from '../support/test-ledger.ts'

const a = actorOf('A')

type OnRing = { readonly does: 'set' | 'cancel'; readonly alarm: string; readonly atMs: number }
const set = (test: TestLedger, alarm: string, afterMs: number, onRing: readonly OnRing[] = [], actor: Actor = a) =>
  test.act(actor, 'alarm.set', { alarm, atMs: START_MS + afterMs, onRing })

const rang = (decided: ReturnType<TestLedger['block']>) =>
  decided.executed.recorded
    .filter(({ receipt }) => receipt.kind === 'due')
    .map(({ events }) => events[0]?.data['alarm'])

describe('what falls due', () => {
  it('[DUE-2] falls in the first block whose time has reached it: not a millisecond early, exactly on time, or late', () => {
    for (const [late, blockMs] of [
      ['on time', START_MS + 5_000],
      ['late', START_MS + 9_999],
    ] as const) {
      const test = new TestLedger([a])
      test.block([set(test, 'x', 5_000)])
      assert.deepEqual(rang(test.block([], START_MS + 4_999)), [])
      const decided = test.block([], blockMs)
      assert.deepEqual(rang(decided), ['x'], late)
      assert.equal(receiptsOf(decided)[0]?.time, blockMs)
      assert.deepEqual(rang(test.block([])), [])
      assert.equal(nextWake(test.ledger.view()), undefined)
    }
  })

  it('[DUE-2] falls before the acts of its block, which see what it did', () => {
    const test = new TestLedger([a])
    test.block([set(test, 'x', 5_000)])
    const decided = test.block([test.act(a, 'alarm.cancel', { alarm: 'x' })], START_MS + 5_000)
    assert.deepEqual(
      receiptsOf(decided).map(({ kind }) => kind),
      ['due', 'act'],
    )
    assert.deepEqual(codesOf(decided), [903])
  })

  it('[DUE-3] falls in order of time, then of name and key, whatever the order it was set in', () => {
    const test = new TestLedger([a])
    test.block([set(test, 'b', 3_000), set(test, 'c', 2_500), set(test, 'a', 3_000), set(test, 'z', 2_000)])
    assert.deepEqual(rang(test.block([], START_MS + 3_000)), ['z', 'c', 'a', 'b'])
  })

  it('[DUE-3] times of different length keep their order', () => {
    const test = new TestLedger([a], { timeMs: 1 })
    test.block(
      [
        test.act(a, 'alarm.set', { alarm: 'ten', atMs: 10_000, onRing: [] }),
        test.act(a, 'alarm.set', { alarm: 'nine', atMs: 9_999, onRing: [] }),
      ],
      2,
    )
    assert.deepEqual(nextWake(test.ledger.view()), { atMs: 9_999, name: 'alarm.ring', key: 'nine' })
    assert.deepEqual(rang(test.block([], 20_000)), ['nine', 'ten'])
  })

  it('[DUE-4] may cancel what comes after it in the same block', () => {
    const test = new TestLedger([a])
    const cancel: OnRing = { does: 'cancel', alarm: 'y', atMs: 0 }
    test.block([set(test, 'y', 2_000), set(test, 'x', 2_000, [cancel])])
    assert.deepEqual(rang(test.block([], START_MS + 2_000)), ['x'])
    assert.equal(rungOf(test.ledger.view(), 'y'), 0)
    assert.equal(alarmOf(test.ledger.view(), 'y'), undefined)
  })

  it('[DUE-4] may move what comes after it: into the future, or to a later place in the same late block', () => {
    const test = new TestLedger([a])
    const move = (alarm: string, afterMs: number): OnRing => ({ does: 'set', alarm, atMs: START_MS + afterMs })
    test.block([
      set(test, 'w', 2_000, [move('x', 60_000), move('y', 4_500)]),
      set(test, 'x', 3_000),
      set(test, 'y', 3_500),
      set(test, 'z', 4_000),
    ])
    assert.deepEqual(rang(test.block([], START_MS + 5_000)), ['w', 'z', 'y'])
    assert.equal(nextWake(test.ledger.view())?.key, 'x')
    assert.deepEqual(rang(test.block([], START_MS + 60_000)), ['x'])
  })

  it('[DUE-4] what it sets for a time already past falls in the same block, so that nothing due is left behind', () => {
    const test = new TestLedger([a])
    test.block([set(test, 'x', 2_000, [{ does: 'set', alarm: 'y', atMs: START_MS + 3_000 }])])
    assert.deepEqual(rang(test.block([], START_MS + 3_000)), ['x', 'y'])
    assert.equal(nextWake(test.ledger.view()), undefined)
  })

  it('[DUE-4] may set itself again for later', () => {
    const test = new TestLedger([a])
    test.block([set(test, 'x', 2_000, [{ does: 'set', alarm: 'x', atMs: START_MS + 4_000 }])])
    assert.deepEqual(rang(test.block([], START_MS + 2_000)), ['x'])
    assert.deepEqual(rang(test.block([], START_MS + 4_000)), ['x'])
    assert.equal(rungOf(test.ledger.view(), 'x'), 2)
  })

  it('[WAKE-1] an act that set something for its own block’s time or earlier would be a defect', () => {
    const app = planted((effects) => [
      ...effects,
      { kind: 'wake', wake: { atMs: START_MS + 1_000, name: 'n', key: 'k' } },
    ])
    const test = new TestLedger([a], { app })
    assert.throws(() => test.decide([test.mix(a, 'T', 1)], START_MS + 1_000), isDefect('WAKE-1'))
    assert.deepEqual(codesOf(test.decide([test.mix(a, 'T', 1)], START_MS + 999)), [0])
  })

  it('[WAKE-1] what fell due and set itself for the same instant would never end, and is a defect', () => {
    const test = new TestLedger([a])
    test.block([set(test, 'x', 2_000, [{ does: 'set', alarm: 'x', atMs: START_MS + 2_000 }])])
    assert.throws(() => test.decide([], START_MS + 2_000), isDefect('WAKE-1'))
  })

  it('[DUE-5] each fall has an id of its own, made of what it is', () => {
    const test = new TestLedger([a])
    test.block([set(test, 'x', 2_000), set(test, 'y', 2_000), set(test, 'z', 3_000)])
    const ids = [START_MS + 2_000, START_MS + 3_000].flatMap((ms) => receiptsOf(test.block([], ms)).map(({ id }) => id))
    assert.equal(new Set(ids).size, 3)
  })
})

describe('the writer', () => {
  it('[WRITE-1] an Application that wrote the chain’s own rows would be a defect', () => {
    for (const kind of ['put', 'drop'] as const) {
      const app = planted((effects) => [...effects, { kind, key: 'chain/quota/A', value: 1 }])
      const test = new TestLedger([a], { app })
      assert.throws(() => test.decide([test.mix(a, 'T', 1)], START_MS + 1), isDefect('WRITE-1'))
    }
  })

  it('[SEQ-3] a stream with a separator in its name would be a defect', () => {
    const app = trivialApp()
    const test = new TestLedger([a], {
      app: { ...app, act: (name, v) => ({ ...app.act(name, v)!, route: (_, org) => ({ stream: 'a/b', actor: org }) }) },
    })
    assert.throws(() => test.decide([test.mix(a, 'T', 1)], START_MS + 1), isDefect('SEQ-3'))
  })

  it('[EXEC-6] a broken invariant stops the block and leaves the ledger as it was', () => {
    const test = new TestLedger([a])
    test.block([test.mix(a, 'T', 1)])
    const { tip } = test.ledger
    const good = test.mix(a, 'T', 2)
    assert.throws(
      () => test.decide([good, test.act(a, 'tally.break', { tally: 'T' })], test.nowMs + 1_000),
      isDefect('TALLY-1'),
    )
    assert.equal(test.ledger.tip, tip)
    assert.deepEqual(codesOf(test.block([good])), [0])
  })
})

const isDefect = (invariant: string) => (error: unknown) => error instanceof Defect && error.invariant === invariant

/** The trivial Application with a bug in what its acts write. */
function planted(change: (effects: readonly Effect[]) => readonly Effect[]): Application {
  const app = trivialApp()
  return {
    ...app,
    act(name, version) {
      const act = app.act(name, version)
      if (act === undefined) return undefined
      return {
        ...act,
        decide(view, signed) {
          const decision = act.decide(view, signed)
          return decision.accepted ? { accepted: true, effects: change(decision.effects) } : decision
        },
      }
    },
  }
}
