// Prints the app hash and tip of each block of a fixed scenario. Run in processes of different time zone, language and
// key order: what they print must not differ.
import type { Json } from '@dujiang/core/codec'
import { toHex } from '@dujiang/core/crypto'
import { readGenesis } from '../../src/index.ts'
import { nodeCrypto } from '@dujiang/crypto/node'
import { actorOf } from '@dujiang/testing/trivial'
import { TestLedger } from './test-ledger.ts'

const reversed = process.argv[2] === 'reversed'

/** The same value, its objects built in the other order. */
function rebuilt(value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => rebuilt(item as Json))
  if (typeof value !== 'object') return value
  const entries = Object.entries(value).map(([key, inner]) => [key, rebuilt(inner as Json)] as const)
  return Object.fromEntries(reversed ? entries.reverse() : entries)
}

const actors = ['B', 'a', 'Z', 'i', 'I', 'x-1', 'x.1'].map((org) => actorOf(org))
const test = new TestLedger(actors)
const hashes: string[] = []
for (let round = 0; round < 6; round++) {
  const txs = actors.flatMap((actor) => [
    test.act(actor, 'tally.mix', rebuilt({ tally: `T-${actor.org}`, amount: round })),
    test.act(actor, 'tally.mix', rebuilt({ tally: 'shared', amount: round + 1 })),
    test.act(
      actor,
      'alarm.set',
      rebuilt({
        alarm: `${actor.org}-${round}`,
        atMs: test.nowMs + 40_000 + round,
        onRing: [{ does: 'set', alarm: `${actor.org}-again`, atMs: test.nowMs + 90_000 }],
      }),
    ),
  ])
  hashes.push(toHex(test.block(txs, test.nowMs + 27_000).executed.appHash))
}
const { chain } = readGenesis(nodeCrypto.sha256, test.genesisBytes)
console.log(JSON.stringify({ chain, hashes, tip: toHex(test.ledger.tip.seal!.blockId.hash) }))
