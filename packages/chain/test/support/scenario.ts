import type { Json } from '@dujiang/core/codec'
import { type Actor, actorOf } from '@dujiang/testing/trivial'
import fc from 'fast-check'
import { type TestLedger } from './test-ledger.ts'

/** A few actors of both schemes; `M` begins unmuted like the others. */
export const ACTORS: readonly Actor[] = [actorOf('A'), actorOf('B', 'sm2'), actorOf('C'), actorOf('M')]
const ALARMS = ['x', 'y', 'z'] as const
const TALLIES = ['T', 'U'] as const

/** One thing somebody does; what it means is worked out against the ledger at the time. */
export type Step =
  | {
      readonly kind: 'mix'
      readonly actor: number
      readonly tally: string
      readonly amount: number
      readonly sequence: number
    }
  | { readonly kind: 'close'; readonly actor: number; readonly tally: string }
  | {
      readonly kind: 'set'
      readonly actor: number
      readonly alarm: string
      readonly inMs: number
      readonly does: 'set' | 'cancel'
      readonly other: string
      readonly afterMs: number
    }
  | { readonly kind: 'cancel'; readonly actor: number; readonly alarm: string }
  | { readonly kind: 'mute'; readonly actor: number; readonly org: number; readonly muted: boolean }
  | { readonly kind: 'again'; readonly pick: number }
  | { readonly kind: 'garbage'; readonly bytes: Uint8Array }
  | { readonly kind: 'bent'; readonly pick: number; readonly at: number; readonly xor: number }

export interface Turn {
  /** Between this block and the one before, milliseconds. */
  readonly waitMs: number
  readonly steps: readonly Step[]
  /** Another order of the block's transactions. */
  readonly shuffle: readonly number[]
}

const actor = fc.nat(ACTORS.length - 1)
const alarm = fc.constantFrom(...ALARMS)
const tally = fc.constantFrom(...TALLIES)

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('mix'),
      actor,
      tally,
      amount: fc.integer({ min: -3, max: 50 }),
      sequence: fc.integer({ min: 1, max: 30 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('close'), actor, tally }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('set'),
      actor,
      alarm,
      inMs: fc.integer({ min: -1_000, max: 90_000 }),
      does: fc.constantFrom('set', 'cancel'),
      other: alarm,
      afterMs: fc.integer({ min: 1, max: 30_000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel'), actor, alarm }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('mute'), actor, org: actor, muted: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('again'), pick: fc.nat(999) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('garbage'), bytes: fc.uint8Array({ maxLength: 40 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('bent'),
      pick: fc.nat(999),
      at: fc.nat(400),
      xor: fc.integer({ min: 1, max: 255 }),
    }),
  },
) as fc.Arbitrary<Step>

/** Blocks of acts of all kinds, good and bad, minutes apart or milliseconds. */
export const turns: fc.Arbitrary<readonly Turn[]> = fc.array(
  fc.record({
    waitMs: fc.oneof(fc.integer({ min: 1, max: 20_000 }), fc.constantFrom(1, 1_000, 59_000, 60_000, 180_000)),
    steps: fc.array(step, { maxLength: 8 }),
    shuffle: fc.array(fc.nat(999), { minLength: 8, maxLength: 8 }),
  }),
  { minLength: 1, maxLength: 8 },
)

/** The transactions of a turn; `sent` holds what was sent before and is added to. */
export function transactionsOf(test: TestLedger, turn: Turn, sent: Uint8Array[]): readonly Uint8Array[] {
  return turn.steps.map((each) => {
    const tx = transactionOf(test, each, sent)
    sent.push(tx)
    return tx
  })
}

function transactionOf(test: TestLedger, step: Step, sent: readonly Uint8Array[]): Uint8Array {
  const by = (at: number) => ACTORS[at] as Actor
  switch (step.kind) {
    case 'mix':
      return test.mix(by(step.actor), step.tally, step.amount, { sequence: step.sequence })
    case 'close':
      return test.act(by(step.actor), 'tally.close', { tally: step.tally })
    case 'set': {
      const atMs = Math.max(0, test.nowMs + step.inMs)
      const onRing: Json = [{ does: step.does, alarm: step.other, atMs: atMs + step.afterMs }]
      return test.act(by(step.actor), 'alarm.set', { alarm: step.alarm, atMs, onRing })
    }
    case 'cancel':
      return test.act(by(step.actor), 'alarm.cancel', { alarm: step.alarm })
    case 'mute':
      return test.act(by(step.actor), 'org.mute', { org: by(step.org).org, muted: step.muted })
    case 'again':
      return sent[step.pick % Math.max(1, sent.length)] ?? new Uint8Array(0)
    case 'garbage':
      return step.bytes
    case 'bent': {
      const bent = Uint8Array.from(sent[step.pick % Math.max(1, sent.length)] ?? [1])
      bent[step.at % bent.length]! ^= step.xor
      return bent
    }
  }
}

/** The items in another order, given by random numbers. */
export function shuffled<T>(items: readonly T[], numbers: readonly number[]): readonly T[] {
  return items
    .map((item, place) => ({ item, rank: numbers[place % numbers.length] ?? 0, place }))
    .sort((x, y) => x.rank - y.rank || y.place - x.place)
    .map(({ item }) => item)
}
