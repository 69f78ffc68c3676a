import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { writeGenesis } from '@dujiang/chain'
import { Client, type Intake, identityOf } from '@dujiang/client'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { doorsOf, dujiangMarket } from '@dujiang/market'
import { type Api, serveApi } from '@dujiang/node/api'
import { SimDisk, realClock } from '@dujiang/node/seams'
import { type LedgerNode, openLedgerNode } from '@dujiang/node/service'
import { TestMarket, exchange, personOf } from '@dujiang/testing/market-fixture'
import { Folders } from './export-rig.ts'
import { dujiang } from './run.ts'

const nodeKey = personOf('SCPX', 'door').signer

describe('dujiang omission', () => {
  const folders = new Folders()
  let node: LedgerNode
  let api: Api
  let dir = ''
  /** The files of an act that the node took in, and has brought into a block. */
  let act = ''
  let promise = ''
  let genesis = ''
  let intake: Intake

  before(async () => {
    dir = await folders.make('omission')
    // The fixture begins in a year to come; a node on the machine's clock needs one that has begun.
    const fixture = JSON.parse(Buffer.from(new TestMarket().genesisBytes).toString())
    const genesisBytes = writeGenesis({ ...fixture, time: 1_700_000_000_000 })
    genesis = join(dir, 'genesis.json')
    await writeFile(genesis, genesisBytes)
    const market = dujiangMarket()
    node = await openLedgerNode({
      app: market,
      crypto: nodeCrypto,
      genesisBytes,
      dataDir: 'node',
      disk: new SimDisk(1).mount(),
      clock: realClock,
      validator: personOf('SCPX', 'node').signer,
      nodeKey,
      workers: 0,
    })
    const log = { level: 'warn', stream: process.stderr } as const
    api = await serveApi({ node, doors: doorsOf(market), crypto: nodeCrypto, host: '127.0.0.1', port: 0, log })
    const client = new Client({ nodes: [api.url], sha256: nodeCrypto.sha256 })
    const me = identityOf(nodeCrypto.sha256, exchange.org, exchange.signer)
    const opening = (sequence: string) => ({ act: 'auction.sequence.open', payload: { name: '月度', sequence } })
    // There is a header to promise at.
    await client.waitProvable((await client.act(me, opening('Q1'))).id)
    const bytes = client.sign(me, await client.build(me, opening('Q2')))
    const answer = await client.submitAccepted(bytes)
    assert.ok(answer.state === 'accepted')
    intake = answer.intake
    // A promise is given before there is a receipt to prove.
    await client.untilCommitted(bytes)
    await client.waitProvable(intake.id)
    act = join(dir, 'act.json')
    promise = join(dir, 'intake.json')
    await writeFile(act, bytes)
    await writeFile(promise, JSON.stringify(answer))
  })
  after(async () => {
    await api.close()
    await node.close()
    await folders.remove()
  })

  it('[OMIT-7] gathers in one file what became of a promise, which verify judges offline', async () => {
    const evidence = join(dir, 'omission.json')
    const gather = ['omission', act, promise, '--genesis', genesis, '--out', evidence, '--node', api.url]
    const gathered = await dujiang(gather)
    assert.equal(gathered.status, 0, gathered.err)
    assert.match(gathered.out, /✓ the promise was kept: in a block of \d+/)
    assert.equal(intake.node, toHex(nodeKey.publicKey))

    const verify = ['verify', evidence, '--genesis', genesis]
    assert.equal((await dujiang(verify)).status, 2)
    const other = await dujiang([...verify, '--signer', '00'.repeat(32)])
    assert.deepEqual([other.status, /of another node/.test(other.out)], [1, true])
    const judged = await dujiang([...verify, '--signer', intake.node, '--json'])
    assert.equal(judged.status, 0, judged.err)
    assert.equal(JSON.parse(judged.out).verdict, 'kept')
  })

  it('ends with 2 where the file holds no intake receipt', async () => {
    const gather = ['omission', act, act, '--genesis', genesis, '--out', join(dir, 'none.json'), '--node', api.url]
    const { status, err } = await dujiang(gather)
    assert.equal(status, 2)
    assert.match(err, /no intake receipt/)
  })
})
