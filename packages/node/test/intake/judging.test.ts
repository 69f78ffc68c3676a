import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Ledger } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { trivialApp } from '@dujiang/testing/trivial'
import type { Engine } from '../../src/engine/index.ts'
import { Intake, Room } from '../../src/intake/index.ts'
import { SealedKeeper } from '../../src/ledger/index.ts'
import type { Outcome } from '../../src/service/index.ts'
import { MemoryJournals } from '../../src/store/index.ts'
import type { Verifier } from '../../src/verify/index.ts'
import { Rig } from '../engine/rig.ts'

/**
 * An intake whose checks are answered by hand, before an engine that only takes down what it is offered: one that makes all
 * blocks itself, by the clock, or one among several.
 */
async function handled(
  between: 'nobody' | 'processes' = 'nobody',
  rig = new Rig(),
  ledger = new Ledger(trivialApp(), nodeCrypto, rig.genesisBytes),
  places = 10,
) {
  const journal = await new MemoryJournals().open('journal')
  const keeper = await SealedKeeper.open(ledger, journal)
  const asked: ((holds: boolean) => void)[] = []
  const offered: string[] = []
  const verifier: Verifier = {
    check: (_check, done) => (asked.push(done), () => undefined),
    close: () => Promise.resolve(),
  }
  const engine: Engine = {
    start: () => undefined,
    offer: ({ envelope }) => offered.push(envelope.id),
    stalled: () => undefined,
    nowMs: () => rig.clock.nowMs(),
    earliestMs: () => (between === 'processes' ? keeper.ledger.tip.timeMs + 1 : rig.clock.nowMs()),
    marginMs: () => 0,
    stop: () => Promise.resolve(),
  }
  const room = new Room(places, 10_000_000, () => rig.clock.nowMs())
  const intake = new Intake({ keeper, engine, verifier, room, onSettled: () => undefined })
  return { rig, keeper, asked, offered, room, intake }
}

function wordFor(outcome: Outcome | Error): string {
  if (outcome instanceof Error) return outcome.message
  if (outcome.kind === 'committed') return outcome.kind
  return outcome.kind === 'busy' ? outcome.reason : outcome.refusal.name
}

it('[IN-6] takes what it has promised until it has expired by block time, whatever the clock says', async () => {
  const { rig, keeper, asked, offered, intake } = await handled()
  const bytes = rig.mix(1)
  await rig.pass(3_600_000)
  const answers: (Outcome | Error)[] = []
  const answer = (outcome: Outcome | Error): void => void answers.push(outcome)
  const refusals = () => answers.map((each) => 'kind' in each && each.kind === 'inadmissible' && each.refusal.name)
  intake.take(bytes, { answer })
  assert.deepEqual(refusals(), ['expired'])
  intake.take(bytes, { answer, resumed: true })
  asked[0]?.(true)
  assert.equal(offered.length, 1)
  const { ledger } = keeper
  ledger.advance(ledger.execute({ timeMs: rig.clock.nowMs(), txs: [] }))
  intake.take(rig.mix(2, undefined, { expires: rig.clock.nowMs() }), { answer, resumed: true })
  assert.deepEqual(refusals(), ['expired', 'expired'])
})

describe('between processes, where block time may be far behind the clock,', () => {
  it('[IN-2] an act on its way is joined when it comes again after its expiry by the clock', async () => {
    const { rig, asked, offered, intake } = await handled('processes')
    const bytes = rig.mix(1)
    const taken: string[] = []
    const answers: (Outcome | Error)[] = []
    const taker = { answer: (outcome: Outcome | Error) => void answers.push(outcome) }
    intake.take(bytes, taker)
    asked[0]?.(true)
    await rig.pass(3_600_000)
    intake.take(bytes, { ...taker, taken: ({ understood }) => taken.push(understood.envelope.id) })
    asked[1]?.(true)
    assert.deepEqual([answers, taken], [[], offered])
  })

  it('[IN-7] an act that the clock alone turns away is not refused: it may be on its way from another node', async () => {
    const { rig, keeper, intake } = await handled('processes')
    const bytes = rig.mix(1)
    await rig.pass(3_600_000)
    const answers: (Outcome | Error)[] = []
    const taker = { answer: (outcome: Outcome | Error) => void answers.push(outcome) }
    intake.take(bytes, taker)
    const { ledger } = keeper
    ledger.advance(ledger.execute({ timeMs: rig.clock.nowMs(), txs: [] }))
    intake.take(bytes, taker)
    assert.deepEqual(answers.map(wordFor), ['blockTimeBehind', 'expired'])
  })
})

it('[IN-7] a node that joined by snapshot refuses nothing as expired that may have been executed before', async () => {
  const rig = new Rig()
  const day = 24 * 3_600_000
  const before = new Ledger(trivialApp(), nodeCrypto, rig.genesisBytes)
  const executed = rig.mix(1)
  before.advance(before.execute({ timeMs: rig.clock.nowMs(), txs: [executed] }))
  const { state, receiptLog, tip } = before
  const joined = new Ledger(trivialApp(), nodeCrypto, rig.genesisBytes, undefined, { state, receiptLog, tip })
  const { intake } = await handled('nobody', rig, joined)
  const answers: string[] = []
  const ask = (bytes: Uint8Array): void =>
    intake.take(bytes, {
      answer: (outcome) => answers.push(wordFor(outcome)),
    })
  ask(executed)
  await rig.pass(8 * day)
  ask(executed)
  ask(rig.mix(2, undefined, { expires: rig.clock.nowMs() - day / 2 }))
  assert.deepEqual(answers, ['repeated', 'outcomeNotHeld', 'expired'])
})

it('[IN-1] judges the same bytes once while they are being judged, and offers the act once', async () => {
  const { rig, asked, offered, room, intake } = await handled()
  const answers: (Outcome | Error)[] = []
  const bytes = rig.mix(1)
  for (let times = 0; times < 3; times++) intake.take(bytes, { answer: (outcome) => answers.push(outcome) })
  assert.equal(asked.length, 1)
  asked[0]?.(true)
  assert.equal(offered.length, 1)
  assert.equal(room.acts, 3)
  intake.abandon(new Error('stopped'), new Set(offered))
  assert.equal(answers.filter((answer) => answer instanceof Error).length, 3)
  assert.equal(room.acts, 0)
})

it('[IN-4] leaves an address that floods it with false signatures few places, and others theirs', async () => {
  const { rig, asked, room, intake } = await handled(undefined, undefined, undefined, 2_000)
  const bytes = rig.mix(1, undefined, { expires: rig.clock.nowMs() + 3_600_000 })
  const words: string[] = []
  const take = (from?: string): void => intake.take(bytes, { from, answer: (outcome) => words.push(wordFor(outcome)) })
  const judge = (holds: boolean): void => {
    for (const done of asked.splice(0)) done(holds)
  }
  const flood = (acts: number): void => {
    for (let act = 0; act < acts; act++) take('liar')
    assert.equal(words.length, 0, 'all of them had a place')
    judge(false)
    assert.equal(words.splice(0).length, acts)
  }
  flood(999)
  await rig.pass(60_000 - (rig.clock.nowMs() % 60_000))
  flood(999)
  flood(1)
  for (let act = 0; act < 65; act++) take('liar')
  assert.deepEqual(words.splice(0), ['queueFull'])
  for (let act = 0; act < 1_936; act++) take('somebody else')
  assert.equal(words.length, 0)
  take()
  assert.deepEqual(words.splice(0), ['queueFull'], 'the room is full')
  judge(false)
  assert.deepEqual([room.acts, words.splice(0).length], [0, 2_000])
  await rig.pass(600_000)
  flood(65)
})
