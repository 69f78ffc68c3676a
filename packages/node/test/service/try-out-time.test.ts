import assert from 'node:assert/strict'
import { it } from 'node:test'
import { Ledger, isInadmissible } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { trivialApp } from '@dujiang/testing/trivial'
import { SealedKeeper } from '../../src/ledger/index.ts'
import { type NodeParts, RunningNode } from '../../src/service/running-node.ts'
import { MemoryJournals } from '../../src/store/index.ts'
import { Rig } from '../engine/rig.ts'

it('[API-24] judges an act at the earliest time that a block can have, though the clock is ahead of block time', async () => {
  const rig = new Rig()
  const ledger = new Ledger(trivialApp(), nodeCrypto, rig.genesisBytes)
  const keeper = await SealedKeeper.open(ledger, await new MemoryJournals().open('journal'))
  const earliest = { earliestMs: () => ledger.tip.timeMs + 1, nowMs: () => rig.clock.nowMs() }
  const node = new RunningNode({ keeper, engine: earliest } as unknown as NodeParts)
  const bytes = rig.mix(1)
  await rig.pass(2_500)
  const tried = node.tryOut(bytes)
  assert.ok(!isInadmissible(tried))
  assert.equal(tried.timeMs, ledger.tip.timeMs + 1)
  assert.ok(tried.timeMs < rig.clock.nowMs())
})
