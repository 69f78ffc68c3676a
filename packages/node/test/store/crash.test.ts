import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { simulateCrashes, type Seen } from './crash-sim.ts'

const SEEDS = process.env['DUJIANG_LONG'] === '1' ? 20_000 : 500

describe('a journal on a disk that fails', () => {
  it('[JRN-5] keeps every acknowledged record and invents none, whatever the crash, error or full disk', async () => {
    const only = process.env['DUJIANG_SEED']
    const seeds = only === undefined ? Array.from({ length: SEEDS }, (_, seed) => seed) : [Number(only)]
    const total = new Map<Seen, number>()
    for (const seed of seeds) {
      const { broken, seen } = await simulateCrashes(seed)
      const repeat = `DUJIANG_SEED=${seed} node --test packages/node/test/store/crash.test.ts`
      assert.equal(broken, undefined, `${broken}\nrepeat with: ${repeat}`)
      for (const [what, times] of seen) total.set(what, (total.get(what) ?? 0) + times)
    }
    // A simulation that went nowhere proves nothing.
    if (only === undefined) {
      const wanted: Seen[] = [
        'kill',
        'powerLoss',
        'failedAppend',
        'failedOpen',
        'lostUnacknowledged',
        'keptUnacknowledged',
        'diskFull',
        'rolled',
        'copied',
      ]
      for (const what of wanted)
        assert.ok((total.get(what) ?? 0) > 20, `${what} happened ${total.get(what) ?? 0} times`)
    }
  })

  it('the alarm rings: a drive that lies about syncing, which is to acknowledge before the sync, is caught', async () => {
    let caught = 0
    for (let seed = 0; seed < 50; seed++) {
      if ((await simulateCrashes(seed, { liesAboutSync: true })).broken !== undefined) caught += 1
    }
    assert.ok(caught > 25, `caught in ${caught} of 50 seeds`)
  })
})
