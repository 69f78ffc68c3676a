import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { LightBlock } from '@dujiang/chain'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import { reportFork } from '@dujiang/node/consortium'
import { auditExport, exportChain } from '@dujiang/node/export'
import { homePaths } from '@dujiang/node/network'
import type { LedgerNode } from '@dujiang/node/service'
import { commitOf } from '@dujiang/testing/light'
import { Cluster, type Load, actors, cometHere, loadOn, rigValidator, validatorSecret } from '@dujiang/testing/network'
import { actOf, electingApp } from '@dujiang/testing/trivial'

const { cometbft, skip } = await cometHere()

/** The validator whose key two processes have: nodes 3 and 4. */
const DOUBLE = 3

describe('a validator that signs twice', { skip }, () => {
  let cluster: Cluster
  let load: Load

  before(async () => {
    cluster = await Cluster.start({
      validators: 4,
      fullNodes: 1,
      keyOf: (at) => Math.min(at, DOUBLE),
      application: 'electing',
      cometbft,
      form: 'inside',
    })
    load = await loadOn(cluster, 4)
    await load.start()
  })
  after(() => cluster.close(load))

  const nodeOf = (at: number): LedgerNode => cluster.member(at).node as LedgerNode

  async function faultIn(node: LedgerNode): Promise<number | undefined> {
    const all = await node.receipts(0, node.status().receipts)
    return all.find(({ receipt }) => receipt.act === 'chain.misbehaviour')?.receipt.height
  }

  it('[CMT-7] is put on record by all, with the proof kept', async (t) => {
    const startMs = performance.now()
    await cluster.until('a fault is on record', async () => (await faultIn(nodeOf(0))) !== undefined)
    const height = (await faultIn(nodeOf(0))) as number
    t.diagnostic(`on record at height ${height}, after ${Math.round(performance.now() - startMs)} ms`)
    await cluster.advance(2)
    for (const at of cluster.members.keys()) assert.equal(await faultIn(nodeOf(at)), height)
    const block = await nodeOf(1).block(height)
    assert.ok((block?.evidence?.length ?? 0) > 0, 'the archive has the proof')
    await cluster.agree()
  })

  it('[CMT-7] loses its power by a decision on the ledger, from the second block after it', async () => {
    const { key } = rigValidator(DOUBLE)
    const [, , , , member] = actors
    assert.ok(member !== undefined)
    const { chain } = await cluster.clientOf(0).status()
    const removal = actOf(member, {
      act: 'seat.set',
      chain,
      sequence: 1,
      expires: Date.now() + 600_000,
      payload: { key, power: 0 },
    })
    const { receipt } = await cluster.clientFrom(0).submit(removal)
    assert.equal(receipt.code, 0)
    const signs = (height: number): Promise<boolean> =>
      cluster
        .member(0)
        .rpc.validators(height)
        .then((all) => all.some(({ publicKey }) => toHex(publicKey) === key))
    await cluster.untilAll('the new set signs', ({ height }) => height > receipt.height + 2)
    assert.deepEqual([await signs(receipt.height + 1), await signs(receipt.height + 2)], [true, false])
    await load.more(8)
    await cluster.advance(3)
    await cluster.agree()
  })

  it('[CARD-12] is put on record with all who signed another chain, once a light client’s proof of it is handed over', async () => {
    const { rpc, place } = cluster.member(0)
    const accused = async (at: number): Promise<number> => {
      const node = nodeOf(at)
      const all = await node.receipts(0, node.status().receipts)
      return all.filter(({ eventsText }) => eventsText.includes('lightClientAttack')).length
    }
    const blockAt = async (height: number): Promise<LightBlock> => {
      const [{ header, commit }, validators] = await Promise.all([rpc.commit(height), rpc.validators(height)])
      return { header, commit, validators }
    }
    const { height } = await rpc.status()
    const [common, own] = await Promise.all([blockAt(height - 2), blockAt(height - 1)])
    assert.equal(await reportFork(place.home, [common, own]), undefined)

    const parties = [0, 1, 2].map((at) => ({ signer: signerFromSecret('ed25519', validatorSecret(at)), power: 10 }))
    const header = { ...own.header, appHash: nodeCrypto.sha256(own.header.appHash) }
    const forged = { header, commit: commitOf(header, parties, parties), validators: own.validators }
    const unsigned = { ...forged, commit: commitOf(header, parties, parties.slice(1)) }
    await assert.rejects(reportFork(place.home, [common, unsigned]), /invalid commit from conflicting block/)
    const attack = await reportFork(place.home, [common, forged])
    assert.deepEqual([attack?.kind, attack?.byzantine.length], ['lunatic', 3])
    await cluster.until('the attack is on record', async () => (await accused(0)) === 3)
    await cluster.advance(2)
    for (const at of cluster.members.keys()) assert.equal(await accused(at), 3)
    await cluster.agree()
  })

  it('[CMT-10] leaves a chain that anyone can audit, with the proofs and across the change', async () => {
    await load.stop()
    await cluster.advance(3)
    const outDir = join(cluster.dir, 'export')
    const { home } = cluster.member(0).place
    const { height } = await exportChain({
      app: electingApp(),
      crypto: nodeCrypto,
      dataDir: homePaths(home).ledger,
      outDir,
    })
    const { genesisBytes } = cluster
    const report = await auditExport({ app: electingApp(), crypto: nodeCrypto, genesisBytes, dir: outDir, threads: 0 })
    assert.equal(report.firstBad, undefined)
    assert.ok(height > ((await faultIn(nodeOf(0))) as number))
  })
})
