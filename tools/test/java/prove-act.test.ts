import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Client, identityOf } from '@dujiang/client'
import { keyId, toHex } from '@dujiang/core/crypto'
import { generateSecret, nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import { doorsOf, dujiangMarket } from '@dujiang/market'
import { type Api, serveApi } from '@dujiang/node/api'
import { SimDisk, realClock } from '@dujiang/node/seams'
import { type LedgerNode, openLedgerNode } from '@dujiang/node/service'
import { exchange } from '@dujiang/testing/market-fixture'
import { benchGenesis, nodeKey, nodeValidator } from '../../src/bench/crew.ts'
import { bouncyCastle } from './bouncy-castle.ts'

const found = await bouncyCastle()
const skip = 'missing' in found && found.missing
const jar = 'jar' in found ? found.jar : ''
const source = resolve(import.meta.dirname, '../../../docs/guides/ProveAct.java')

interface Ran {
  readonly status: number
  readonly out: string
}

describe('docs/guides/ProveAct.java', { skip }, () => {
  let dir = ''
  let node: LedgerNode
  let api: Api

  // Programs that run for a second: what a virtual machine does for one that runs for long costs more than it gives.
  const brief = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC']
  const run = (program: string, ...args: string[]): Promise<Ran> =>
    new Promise((done) => {
      const options = { cwd: dir, env: { ...process.env, LC_ALL: 'C.UTF-8' } }
      execFile(program, args, options, (error, stdout, stderr) => {
        done({ status: error === null ? 0 : Number(error.code), out: stdout + stderr })
      })
    })
  /** From its source, as the guide does. */
  const fromSource = (...args: string[]): Promise<Ran> =>
    run('java', ...brief, '-Dfile.encoding=UTF-8', '-cp', jar, source, ...args)
  const compiled = (...args: string[]): Promise<Ran> =>
    run('java', ...brief, '-Dfile.encoding=UTF-8', '-cp', `${jar}:${dir}`, 'ProveAct', ...args)

  before(async () => {
    dir = mkdtempSync(join(tmpdir(), 'dujiang-java-'))
    const genesisBytes = benchGenesis(Date.now() - 1_000)
    node = await openLedgerNode({
      app: dujiangMarket(),
      crypto: nodeCrypto,
      genesisBytes,
      dataDir: 'node',
      disk: new SimDisk(1, realClock).mount(),
      clock: realClock,
      validator: nodeValidator,
      nodeKey,
      workers: 0,
    })
    const log = { level: 'error', stream: process.stderr } as const
    api = await serveApi({ node, doors: doorsOf(dujiangMarket()), crypto: nodeCrypto, host: '127.0.0.1', port: 0, log })
    const secret = generateSecret('sm2')
    const { publicKey, scheme } = signerFromSecret('sm2', secret)
    const key = { scheme, publicKey: toHex(publicKey), person: 'erp', fromMs: 0, untilMs: Number.MAX_SAFE_INTEGER }
    const client = new Client({ nodes: [api.url] })
    const by = identityOf(nodeCrypto.sha256, exchange.org, exchange.signer)
    const added = await client.act(by, { act: 'members.key.add', payload: { org: exchange.org, key } })
    assert.equal(added.receipt.code, 0, JSON.stringify(added))
    const file = { org: exchange.org, key: keyId(nodeCrypto.sha256, scheme, publicKey), scheme, secret: toHex(secret) }
    writeFileSync(join(dir, 'key.json'), JSON.stringify(file))
    writeFileSync(join(dir, 'genesis.json'), genesisBytes)
    const made = await run('javac', '-encoding', 'UTF-8', '-cp', jar, '-d', dir, source)
    assert.equal(made.status, 0, made.out)
  })
  after(async () => {
    await api.close()
    await node.close()
    rmSync(dir, { recursive: true })
  })

  it('signs with SM2, sends the same bytes again where nobody answers, and verifies the receipt by itself', async () => {
    const nodes = `http://127.0.0.1:1,${api.url}`
    const sent = await fromSource('send', nodes, 'key.json', 'genesis.json', 'SC-JAVA', '接口"联调"', 'proof.json')
    assert.equal(sent.status, 0, sent.out)
    assert.match(sent.out, /gave no answer: the same bytes to the next/)
    assert.match(sent.out, /code 0 index \d+ repeated false\n/)
    assert.match(sent.out, /again: repeated true/)
    for (const step of ['form', 'chain', 'act', 'events', 'inclusion', 'appHash', 'validators', 'commit']) {
      assert.match(sent.out, new RegExp(`^ok {3}${step}$`, 'm'))
    }
    const id = /^id ([0-9a-f]{64})$/m.exec(sent.out)?.[1] as string
    const { receipt } = (await new Client({ nodes: [api.url] }).receipt(id)) as { receipt: { act: string } }
    assert.equal(receipt.act, 'auction.sequence.open')
  })

  it('finds what is tampered with, and names the step', async () => {
    const proof = readFileSync(join(dir, 'proof.json'), 'utf8')
    const good = JSON.parse(proof)
    const flipped = (hex: string): string => (hex.startsWith('0') ? '1' : '0') + hex.slice(1)
    const other = flipped(good.commit.signatures[0].signature)
    const cases: readonly (readonly [string, string])[] = [
      [proof.replace('"code":0', '"code":7'), 'inclusion'],
      [proof.replace('sequenceOpened', 'sequenceClosed'), 'events'],
      [proof.replace('接口', '接囗'), 'act'],
      [proof.replace(`"appHash":"${good.header.appHash}"`, `"appHash":"${flipped(good.header.appHash)}"`), 'appHash'],
      [
        proof.replace(`"dataHash":"${good.header.dataHash}"`, `"dataHash":"${flipped(good.header.dataHash)}"`),
        'commit',
      ],
      [proof.replace(good.commit.signatures[0].signature, other), 'commit'],
      [proof.replace(`"${good.chain}","commit"`, `"${flipped(good.chain)}","commit"`), 'chain'],
      [proof.replace('{', '{ '), 'form'],
    ]
    for (const [text, step] of cases) {
      assert.notEqual(text, proof, step)
      writeFileSync(join(dir, 'tampered.json'), text)
      const { status, out } = await compiled('verify', 'genesis.json', 'tampered.json')
      assert.equal(status, 1, out)
      assert.match(out, new RegExp(`^FAIL ${step}$`, 'm'), out)
    }
    assert.equal((await compiled('verify', 'genesis.json', 'proof.json')).status, 0)
  })

  it('says why an act is not taken', async () => {
    const file = JSON.parse(readFileSync(join(dir, 'key.json'), 'utf8'))
    writeFileSync(join(dir, 'other.json'), JSON.stringify({ ...file, secret: '1'.repeat(64) }))
    const { status, out } = await compiled('send', api.url, 'other.json', 'genesis.json', 'SC-X', 'x', 'x.json')
    assert.equal(status, 1)
    assert.match(out, /401 .*badSignature/)
  })
})
