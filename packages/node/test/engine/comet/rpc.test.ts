import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, beforeEach, describe, it } from 'node:test'
import {
  attackEvidence,
  encodeEvidence,
  headerHash,
  lightAttack,
  msFromTime,
  NO_TIME,
  verifyCommit,
} from '@dujiang/chain'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { Headers, type Party, party } from '@dujiang/testing/light'
import { sharedDir } from '@dujiang/testing/shared'
import { attackJson } from '../../../src/engine/comet/rpc/attack-json.ts'
import { rawEvidence } from '../../../src/engine/comet/rpc/evidence.ts'
import { CometRpc, type RpcFault } from '../../../src/engine/comet/rpc.ts'

const fixtures = join(
  sharedDir() ?? '',
  'vectors/consensus/tendermint-rs-rpc-fixtures/rpc/tests/kvstore_fixtures/v0_38/incoming',
)
const skip = existsSync(fixtures) ? false : 'reference material not present: skipped the recorded answers'
// biome-ignore lint/suspicious/noExplicitAny: another project's JSON
const recorded = (name: string): any => JSON.parse(readFileSync(join(fixtures, `${name}.json`), 'utf8'))

type Request = { readonly id: number; readonly method: string; readonly params: Readonly<Record<string, unknown>> }

describe('the client of the RPC', () => {
  let server: Server
  let rpc: CometRpc
  let asked: Request[] = []
  /** What the server says to the next requests: an object is sent with the request's id, a text as it is, undefined hangs up. */
  let answer: (request: Request) => object | string | undefined

  before(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString()) as Request
        asked.push(body)
        const said = answer(body)
        if (said === undefined) request.socket.destroy()
        else response.end(typeof said === 'string' ? said : JSON.stringify({ ...said, id: body.id }))
      })
    })
    // A connection that is kept is closed by a test alone, however long it takes.
    server.keepAliveTimeout = 0
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
    rpc = new CometRpc(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  })
  beforeEach(() => {
    asked = []
  })
  after(() => {
    rpc.close()
    server.close()
  })

  it('[RPC-1] asks on a loopback address only', () => {
    for (const url of [
      'http://10.0.0.1:26657',
      'https://127.0.0.1:1',
      'http://example.org',
      'http://127.0.0.1.evil.org',
    ]) {
      assert.throws(() => new CometRpc(url), /loopback/)
    }
    for (const url of ['http://localhost:1', 'http://[::1]:1', 'http://127.0.0.2:1']) new CometRpc(url).close()
  })

  it('[RPC-2] reads the status of a real node', { skip }, async () => {
    answer = () => recorded('status')
    const status = await rpc.status()
    assert.equal(status.height, 232)
    assert.equal(status.chainId, 'dockerchain')
    assert.equal(status.catchingUp, false)
    assert.equal(toHex(status.appHash), '0600000000000000')
    assert.equal(status.validator.power, 10)
    assert.equal(msFromTime(status.time), Date.parse('2023-05-17T14:14:48.530Z'))
  })

  it('[RPC-2] reads a header and a commit that prove each other', { skip }, async () => {
    answer = () => recorded('commit_at_height_10')
    const { header, commit, canonical } = await rpc.commit(10)
    assert.deepEqual(asked[0]?.params, { height: '10' })
    answer = () => recorded('status')
    const { validator } = await rpc.status()
    assert.equal(canonical, true)
    const hash = headerHash(nodeCrypto.sha256, header)
    assert.equal(verifyCommit(nodeCrypto, 'dockerchain', [validator], hash, 10, commit), undefined)
  })

  it('[RPC-2] reads an absent vote and the first header, which has no block before it', { skip }, async () => {
    const fixture = recorded('block_at_height_1')
    fixture.result.block.last_commit.signatures = [
      { block_id_flag: 1, validator_address: '', timestamp: '0001-01-01T00:00:00Z', signature: null },
    ]
    answer = () => fixture
    const { header, id, lastCommit, txs } = await rpc.block(1)
    assert.deepEqual(headerHash(nodeCrypto.sha256, header), id.hash)
    assert.equal(header.lastBlockId.hash.length, 0)
    assert.deepEqual(lastCommit.signatures[0]?.time, NO_TIME)
    assert.deepEqual(txs, [])
  })

  it('[RPC-2] keeps the evidence of a block as the engine wrote it', { skip }, async () => {
    const fixture = recorded('block_at_height_10')
    const piece = { type: 'tendermint/DuplicateVoteEvidence', value: { ValidatorPower: '1' } }
    fixture.result.block.evidence.evidence = [piece]
    answer = () => fixture
    assert.deepEqual((await rpc.block()).evidence, [piece])
    assert.deepEqual(asked[0]?.params, {})
  })

  it('[RPC-2] reads peers, parameters and the mempool', { skip }, async () => {
    answer = () => recorded('net_info')
    assert.deepEqual(await rpc.netInfo(), [])
    answer = () => recorded('consensus_params')
    assert.equal((await rpc.consensusParams(10)).blockBytesMax, 22_020_096)
    answer = () => ({ result: { n_txs: '2', total: '7', total_bytes: '90', txs: null } })
    assert.deepEqual(await rpc.numUnconfirmedTxs(), { count: 7, bytes: 90 })
  })

  it('[RPC-3] reads a validator set over several pages of one height', async () => {
    const key = { type: 'tendermint/PubKeyEd25519', value: Buffer.alloc(32, 7).toString('base64') }
    const validators = Array.from({ length: 100 }, () => ({ pub_key: key, voting_power: '5' }))
    answer = ({ params }) => ({
      result: {
        block_height: '9',
        total: '101',
        validators: params['page'] === '1' ? validators : validators.slice(99),
      },
    })
    assert.equal((await rpc.validators()).length, 101)
    assert.deepEqual(
      asked.map(({ params }) => params['height']),
      [undefined, '9'],
    )
  })

  it('[RPC-4] says what became of a transaction', async () => {
    answer = () => ({ result: { code: 3, log: 'no', hash: '' } })
    assert.deepEqual(await rpc.broadcastTxSync(Uint8Array.of(1, 2)), { outcome: 'checked', code: 3, log: 'no' })
    assert.deepEqual(asked[0], {
      jsonrpc: '2.0',
      id: asked[0]?.id,
      method: 'broadcast_tx_sync',
      params: { tx: 'AQI=' },
    })
    const sentences = [
      ['tx already exists in cache', 'known'],
      ['mempool is full: number of txs 5 (max: 5), total txs bytes 9 (max: 99)', 'full'],
      ['mempool is still rechecking after a new committed block, so it is considered as full', 'full'],
      ['endpoint is closed while node is catching up', 'full'],
    ]
    for (const [data, outcome] of sentences) {
      answer = () => ({ error: { code: -32603, message: 'Internal error', data } })
      assert.deepEqual(await rpc.broadcastTxAsync(Uint8Array.of(1)), { outcome })
    }
    answer = () => ({ error: { code: -32603, message: 'Internal error', data: 'Tx too large' } })
    await assert.rejects(rpc.broadcastTxAsync(Uint8Array.of(1)), (fault: RpcFault) => fault.trouble === 'refused')
  })

  it('[RPC-8] hands over an attack on light clients as the engine spells it, and reads it back from a block alike', async () => {
    const { sha256 } = nodeCrypto
    const parties = [party(0, 4), party(1, 3), party(2, 2), party(3, 2)]
    const honest = new Headers({ chainId: 'c', heights: 7, partiesAt: () => parties })
    const fork = { of: honest, after: 5 }
    const silent = (_height: number, one: Party): boolean => one === parties[2]
    const forged = new Headers({ chainId: 'c', heights: 7, partiesAt: () => parties, fork, stepMs: 1_001, silent })
    const attack = lightAttack(sha256, forged.at(6), honest.at(6), honest.at(5))
    const written = attackJson(sha256, attack)
    assert.deepEqual(rawEvidence(written), encodeEvidence(attackEvidence(sha256, attack)))
    answer = () => ({ result: { hash: Buffer.alloc(32, 5).toString('base64') } })
    assert.deepEqual(await rpc.broadcastEvidence(written), new Uint8Array(32).fill(5))
    assert.equal(asked[0]?.method, 'broadcast_evidence')
    assert.deepEqual(asked[0]?.params, { evidence: written })
    answer = () => ({ error: { code: -32603, message: 'Internal error', data: 'failed to add evidence: too old' } })
    await assert.rejects(rpc.broadcastEvidence(written), (fault: RpcFault) => fault.trouble === 'refused')
  })

  it('[RPC-5] tells an answer that cannot be read from one that is an error and from none', async () => {
    const troubleOf = async (said: typeof answer) => {
      answer = said
      return rpc.status().then(
        () => 'none',
        (fault: RpcFault) => `${fault.trouble}: ${fault.message}`,
      )
    }
    assert.match(await troubleOf(() => 'no JSON'), /^unreadable/)
    assert.match(await troubleOf(() => '{"id":-1,"result":{}}'), /^unreadable: status was answered under another id/)
    assert.match(
      await troubleOf(() => ({ result: { node_info: 3 } })),
      /^unreadable: .*no object at \/result\/node_info/,
    )
    assert.match(await troubleOf(() => ({ error: { message: 'a', data: 'b' } })), /^refused: status: a: b/)
    assert.match(await troubleOf(() => undefined), /^noAnswer/)
    const nobody = new CometRpc('http://127.0.0.1:1')
    await assert.rejects(nobody.status(), (fault: RpcFault) => fault.trouble === 'noAnswer')
    nobody.close()
  })

  it('[RPC-6] asks again over a new connection when the kept one was closed meanwhile', async () => {
    answer = () => ({ result: { n_txs: '0', total: '0', total_bytes: '0', txs: [] } })
    await rpc.numUnconfirmedTxs()
    let hangUps = 1
    answer = () => (hangUps-- > 0 ? undefined : { result: { n_txs: '0', total: '0', total_bytes: '0', txs: [] } })
    assert.deepEqual(await rpc.numUnconfirmedTxs(), { count: 0, bytes: 0 })
    assert.equal(asked.length, 3)
  })
})
