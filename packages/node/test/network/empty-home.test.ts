import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { PromisesOpen, emptyHome, homePaths, layOutHome } from '../../src/network/index.ts'
import { realDisk } from '../../src/seams/index.ts'
import { IntakeLog } from '../../src/store/index.ts'
import { atEnd, plans, readText, skip, temporaryFolder } from './homes.ts'

const NOW_MS = Date.parse('2026-01-01T00:00:00Z')
const SIGNED = '{"height":"41","round":0,"step":3}'

/** A home that has been run, as far as its files tell. */
async function used(t: Parameters<typeof temporaryFolder>[0]) {
  const [plan] = await plans(temporaryFolder(t), 1)
  const { home } = plan!
  await layOutHome(plan!)
  const paths = homePaths(home)
  for (const name of ['ledger/journal', 'ledger/seals', 'comet/data/state.db', 'comet/data/cs.wal']) {
    mkdirSync(join(home, name))
    writeFileSync(join(home, name, 'x'), 'x')
  }
  writeFileSync(paths.validatorState, SIGNED)
  writeFileSync(paths.witness, '{}')
  writeFileSync(paths.doorKey, '00')
  return { home, paths }
}

describe('emptying a home', { skip }, () => {
  it('[HOME-4] removes the ledger from both halves, and neither keys nor what has been signed', async (t) => {
    const { home, paths } = await used(t)
    const kept = [paths.validatorKey, paths.nodeKey, paths.doorKey, paths.config, paths.genesis, paths.cometGenesis]
    const before = [...kept, paths.witness, paths.peers].map(readText)
    const removed = await emptyHome(home, { forgetsPromises: false, nowMs: NOW_MS })
    assert.deepEqual(
      removed.map((path) => path.slice(paths.root.length + 1)),
      ['ledger/journal', 'ledger/seals', 'comet/data/cs.wal', 'comet/data/state.db'],
    )
    assert.deepEqual(readdirSync(paths.ledger), [])
    assert.deepEqual(readdirSync(join(paths.comet, 'data')), ['priv_validator_state.json'])
    assert.equal(readText(paths.validatorState), SIGNED)
    assert.deepEqual([...kept, paths.witness, paths.peers].map(readText), before)
  })

  it('[HOME-4] leaves a home alone whose pair runs', async (t) => {
    const { home, paths } = await used(t)
    const lock = await realDisk.lock(paths.lock)
    atEnd(t, () => lock.release())
    await assert.rejects(emptyHome(home, { forgetsPromises: true, nowMs: NOW_MS }), { code: 'ELOCKED' })
    assert.deepEqual(readdirSync(paths.ledger).sort(), ['journal', 'seals'])
  })

  it('[HOME-4] forgets promises only when told to', async (t) => {
    const { home, paths } = await used(t)
    const log = await IntakeLog.open(realDisk, join(paths.ledger, 'intake'))
    await log.remember({ id: new Uint8Array(32), expiryMs: NOW_MS + 1, tx: Uint8Array.of(1) })
    await log.remember({ id: new Uint8Array(32).fill(1), expiryMs: NOW_MS - 1, tx: Uint8Array.of(1) })
    await log.close()
    const open = await emptyHome(home, { forgetsPromises: false, nowMs: NOW_MS }).catch((cause: unknown) => cause)
    assert.ok(open instanceof PromisesOpen)
    assert.equal(open.acts, 1)
    assert.ok(readdirSync(paths.ledger).includes('journal'))
    await emptyHome(home, { forgetsPromises: true, nowMs: NOW_MS })
    assert.deepEqual(readdirSync(paths.ledger), [])
  })
})
