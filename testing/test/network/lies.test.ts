import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { homePaths } from '@dujiang/node/network'
import {
  Cluster,
  Liar,
  type Lie,
  type Load,
  cometHere,
  loadOn,
  verdictOn,
  wrappedComet,
} from '@dujiang/testing/network'

const { cometbft, skip } = await cometHere()

/** The node whose proposals can be made to lie. */
const LIAR = 3
const noise = Buffer.from('noise')

/** A false signature: the last digit of an act's own is another. */
function falsified(act: Uint8Array): Uint8Array {
  const text = Buffer.from(act).toString()
  return Buffer.from(text.replace(/([0-9a-f])("[^"]*)$/, (_all, digit, rest) => (digit === '0' ? '1' : '0') + rest))
}

/** Thousands of acts that differ from this one in their sequence, under its signature. */
const forgeries = (act: Uint8Array): readonly Uint8Array[] =>
  Array.from({ length: 8_000 }, (_, more) =>
    Buffer.from(
      Buffer.from(act)
        .toString()
        .replace(/"sequence":\d+/, `"sequence":${1_000_000 + more}`),
    ),
  )

const lies: Readonly<Record<string, { readonly lie: Lie; readonly isRefused: boolean }>> = {
  'proposes garbage': { lie: (txs) => [noise, ...txs], isRefused: true },
  'forges a signature': { lie: (txs) => txs.map((tx, at) => (at === 0 ? falsified(tx) : tx)), isRefused: true },
  'forges thousands of signatures': { lie: (txs) => txs.slice(0, 1).flatMap(forgeries), isRefused: true },
  'proposes an act twice': { lie: (txs) => [...txs, ...txs.slice(0, 1)], isRefused: true },
  'proposes parcels as they are': { lie: (txs, mempool) => [...txs, ...mempool.slice(0, 1)], isRefused: true },
  'puts acts in another order': { lie: (txs) => txs.toReversed(), isRefused: false },
  "withholds one member's acts": {
    lie: (txs) => txs.filter((tx) => !Buffer.from(tx).includes('"org":"ORG0"')),
    isRefused: false,
  },
}

describe('a network with a validator that proposes what is not honest', { skip }, () => {
  let cluster: Cluster
  let load: Load
  let liar: Liar

  before(async () => {
    cluster = await Cluster.layOut({
      validators: 4,
      cometbft,
      form: 'inside',
      cometbftOf: (at, { home }) =>
        at === LIAR ? wrappedComet(`${home}.sh`, cometbft, [`--proxy_app=unix://${home}.lie`]) : undefined,
    })
    const { home } = cluster.member(LIAR).place
    liar = await Liar.listen(`${home}.lie`, homePaths(home).socket)
    await cluster.startAll()
    load = await loadOn(cluster, 4)
    await load.start()
  })
  after(async () => {
    await cluster.close(load)
    liar.close()
  })

  for (const [what, { lie, isRefused }] of Object.entries(lies)) {
    it(`[CMT-6] goes on when it ${what}`, async (t) => {
      const before = liar.told.length
      const { height: from } = await rpc().status()
      liar.lie = lie
      const startMs = performance.now()
      while (liar.told.length === before) await load.more(1)
      await cluster.advance(2)
      liar.lie = undefined
      await load.more(4)
      const told = new Set(liar.told.slice(before).map(textOf))
      // Past the last lie, wherever it was told.
      await cluster.advance(1)
      const made = await blocksOf(from, (await rpc().status()).height)
      const came = made.filter((txs) => told.has(textOf(txs))).length
      t.diagnostic(`${told.size} lies, ${came} in blocks, ${Math.round(performance.now() - startMs)} ms`)
      if (isRefused) assert.equal(came, 0)
      await cluster.agree()
    })
  }

  /** Of the node that is asked for blocks: another may have one more already. */
  const rpc = () => cluster.member(0).rpc
  const blocksOf = (from: number, to: number): Promise<readonly (readonly Uint8Array[])[]> =>
    Promise.all(Array.from({ length: to - from + 1 }, async (_, step) => (await rpc().block(from + step)).txs))

  it('has lost and doubled nothing in the end, and was asked by the grammar of ABCI', async () => {
    const { problems } = await verdictOn(cluster, load)
    assert.deepEqual(problems, [])
  })
})

const textOf = (txs: readonly Uint8Array[]): string => txs.map((tx) => Buffer.from(tx).toString('base64')).join()
