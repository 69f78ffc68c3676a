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

it('[IN-1] judges the same bytes once while they are being judged, and offers the act once', async () => {
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
