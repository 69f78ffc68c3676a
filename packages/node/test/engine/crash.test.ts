import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DiskJournal } from '../../src/store/disk-journal.ts'
import { type Seen, simulateNode } from './crash-sim.ts'

const SEEDS = process.env['DUJIANG_LONG'] === '1' ? 1_000 : 25

const ALL_SEEN: readonly Seen[] = [
  'acknowledged',
  'promised',
  'repeated',
  'refused',
  'due',
  'unknown',
  'stopping',
  'kill',
  'powerLoss',
  'diskFull',
  'diskError',
  'resumed',
]

describe('a node that dies', () => {
  it(`[KEEP-1] loses and doubles nothing it acknowledged, and keeps its promises (${SEEDS} seeds)`, async () => {
    const seen = new Map<Seen, number>()
    for (let seed = 1; seed <= SEEDS; seed++) {
      const run = await simulateNode(seed)
      assert.equal(run.broken, undefined, `seed ${seed}`)
      for (const [what, count] of run.seen) seen.set(what, (seen.get(what) ?? 0) + count)
    }
    for (const what of ALL_SEEN) assert.ok((seen.get(what) ?? 0) > 0, `no seed came to ${what}`)
  })

  it('[KEEP-1] is found out when it acknowledges before its block is durable', async (t) => {
    // The planted bug: the store says "durable" as soon as it is asked.
    const append = DiskJournal.prototype.append
    t.mock.method(DiskJournal.prototype, 'append', function (this: DiskJournal, payloads: readonly Uint8Array[]) {
      append.call(this, payloads).catch(() => undefined)
      return Promise.resolve(this.lastIndex + payloads.length)
    })
    let found: string | undefined
    for (let seed = 1; seed <= SEEDS && found === undefined; seed++) found = (await simulateNode(seed)).broken
    assert.match(found ?? '', /was acknowledged and is lost/)
  })
})
