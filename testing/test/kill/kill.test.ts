import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Chain } from '../../src/kill/chain.ts'
import type { Sitting } from '../../src/kill/field.ts'
import { killSeed, runKills } from '../../src/kill/run.ts'

const LONG = process.env['DUJIANG_LONG'] === '1'
const KILLS = LONG ? 200 : 8

describe('kill -9 of a node under load', () => {
  it(`loses nothing that was acknowledged, doubles nothing and keeps the gate by block time, ${KILLS} times`, async (t) => {
    const seed = killSeed()
    const repeat = `repeat the moments with: DUJIANG_SEED=${seed} node --test testing/test/kill/kill.test.ts`
    const run = await runKills({ seed, kills: KILLS })
    const { acknowledged, chain, sittings, problems, whileStarting, underLoad, repeated } = run
    assert.deepEqual(problems, [], repeat)

    const promised = acknowledged.filter(({ kind }) => kind === 'promised').length
    const refused = chain.receipts.filter(({ code }) => code !== 0).length
    const gates = chain.receipts.filter(({ kind }) => kind === 'due').length
    t.diagnostic(
      `seed ${seed}: ${KILLS} kills, ${whileStarting} while starting, ${underLoad} under load; ${acknowledged.length} acknowledged, ` +
        `${promised} of them promised, ${repeated} by the first receipt; ${refused} refused, ${gates} gates, height ${chain.timesMs.length - 1}`,
    )
    // A run that went nowhere proves nothing.
    for (const [what, count] of Object.entries({ whileStarting, underLoad, promised, refused, gates })) {
      assert.ok(count > 0, `${what}: none\n${repeat}`)
    }
    if (LONG) assert.ok(repeated > 0, 'no acknowledgement was lost on its way')

    const { early, late, wrong } = ordersByGate(chain, sittings)
    assert.deepEqual(wrong, [], repeat)
    assert.ok(early > 0 && late > 0, `${early} orders before their gate, ${late} after`)
  })
})

/** Orders on either side of their gate by block time, and those treated as if they had been on the other. */
function ordersByGate({ receipts, events }: Chain, sittings: readonly Sitting[]) {
  const gateMs = new Map(sittings.map((sitting) => [sitting.session, sitting.gateMs]))
  const found = { early: 0, late: 0, wrong: [] as string[] }
  for (const [at, { act, refusal, time, id }] of receipts.entries()) {
    const session = refusal?.facts['session'] ?? events[at]?.[0]?.data['session']
    if (!act.startsWith('auction.order.') || typeof session !== 'string') continue
    const inTime = time < (gateMs.get(session) as number)
    found[inTime ? 'early' : 'late'] += 1
    if (inTime === (refusal?.name === 'gateClosed')) found.wrong.push(`${id} at ${time}, gate ${gateMs.get(session)}`)
  }
  return found
}
