import assert from 'node:assert/strict'
import { it } from 'node:test'
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

/** An intake whose checks are answered by hand, before an engine that only takes down what it is offered. */
async function handled() {
  const rig = new Rig()
  const journal = await new MemoryJournals().open('journal')
  const keeper = await SealedKeeper.open(new Ledger(trivialApp(), nodeCrypto, rig.genesisBytes), journal)
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
    marginMs: () => 0,
    stop: () => Promise.resolve(),
  }
  const room = new Room(10, 1_000_000)
  const intake = new Intake({ keeper, engine, verifier, room, onSettled: () => undefined })
  return { rig, keeper, asked, offered, room, intake }
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
