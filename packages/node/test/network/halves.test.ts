import assert from 'node:assert/strict'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, describe, it } from 'node:test'
import type { HomePlan } from '../../src/network/index.ts'
import { skip } from './homes.ts'
import { pairOf, pairsOf, type TestPair, untilHeight } from './pairs.ts'

/** What the supervisor says of a home whose ledger claims to be here, until its engine starts with it or does not. */
async function refusedAt(t: TestContext, plan: HomePlan, claims: { readonly height: number; readonly count: number }) {
  const path = join(plan.home, 'claims.json')
  writeFileSync(path, JSON.stringify(claims))
  const { pair, lines } = pairOf(t, plan)
  const alarmed = once(pair, 'alarm')
  await pair.start()
  assert.deepEqual(await alarmed, ['halvesApart'])
  await pair.stop()
  rmSync(path)
  return lines.join('\n')
}

describe('an engine and a ledger of two moments', { skip }, () => {
  it('[STILL-7] do not start together, and the supervisor says at once what is wrong', async (t) => {
    const [{ pair, plan }] = (await pairsOf(t, 1)) as [TestPair]
    await pair.start()
    await untilHeight(pair, 2)
    await pair.stop()
    assert.match(await refusedAt(t, plan, { height: 1, count: 7 }), /come to another state/)
    assert.match(await refusedAt(t, plan, { height: 1_000_000, count: 0 }), /has blocks that the engine lacks/)

    const again = pairOf(t, plan)
    await again.pair.start()
    await untilHeight(again.pair, 1)
    await again.rpc.broadcastTxSync(Buffer.from('forget'))
    while ((await again.rpc.status()).earliestHeight < 3) await once(again.pair, 'height')
    await again.pair.stop()
    assert.match(await refusedAt(t, plan, { height: 0, count: 0 }), /keeps no longer the blocks/)
    assert.match(await refusedAt(t, plan, { height: 1, count: 0 }), /keeps no longer the blocks/)
  })
})
