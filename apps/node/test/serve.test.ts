import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { Client, type KeyFile, identityOf } from '@dujiang/client'
import { fromHex } from '@dujiang/core/crypto'
import { nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import { freePorts } from '@dujiang/testing/network'
import { ClientDesk } from '../src/client-desk.ts'
import { foundIn } from '../src/found.ts'
import { serve } from '../src/serve.ts'
import { Trouble } from '../src/trouble.ts'

const root = mkdtempSync(join(tmpdir(), 'dujiang-app-'))
after(() => rmSync(root, { recursive: true, force: true }))

describe('the sample ledger', () => {
  const dir = join(root, 'ledger')

  it('is founded once, and recovers at the height and app hash it was closed at', async () => {
    const first = foundIn(dir)
    assert.equal(first.existed, false)
    const served = await serve(dir, first)
    const desk = new ClientDesk(new Client({ nodes: [served.url] }), first.keys)
    const by = { org: 'SCPX', person: 'zhang' }
    const act = 'auction.sequence.open'
    const answers = await desk.send([1, 2, 3].map((n) => ({ by, act, payload: { sequence: `Q${n}`, name: 'q' } })))
    assert.ok(answers.every(({ refusal }) => refusal === undefined))
    await new Client({ nodes: [served.url] }).waitProvable(answers[2]?.id as string)
    const { height, appHash } = served.node.status()
    await served.close()

    const second = foundIn(dir)
    assert.equal(second.existed, true)
    assert.deepEqual(second.genesisBytes, Buffer.from(first.genesisBytes))
    const again = await serve(dir, second)
    assert.deepEqual([again.node.status().height, again.node.status().appHash], [height, appHash])
    await again.close()
  })

  it('hands out a registered key for a system in one call, and says that it is a demo', async () => {
    const served = await serve(dir, foundIn(dir))
    try {
      const wish = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }
      const answer = await fetch(`${served.url}/demo/sandbox`, wish)
      const file = (await answer.json()) as KeyFile
      assert.deepEqual([answer.status, file.org, file.scheme], [200, 'SCPX', 'ed25519'])
      const client = new Client({ nodes: [served.url] })
      const signer = signerFromSecret(file.scheme, fromHex(file.secret as string))
      const identity = identityOf(nodeCrypto.sha256, file.org, signer)
      const open = { act: 'auction.sequence.open', payload: { sequence: 'SANDBOX', name: 'n' } }
      assert.equal((await client.act(identity, open)).receipt.code, 0)
      assert.equal((await client.status()).demo, true)
      const sm2 = await fetch(`${served.url}/demo/sandbox?org=SCDD&scheme=sm2`, wish)
      assert.equal(((await sm2.json()) as KeyFile).scheme, 'sm2')
      const unknown = await fetch(`${served.url}/demo/sandbox?org=NONE`, wish)
      assert.equal(unknown.status, 400)
      const { receipts } = served.node.status()
      const refused = [
        { ...wish, headers: { ...wish.headers, origin: 'http://evil.example' } },
        { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' },
        { method: 'POST' },
        { ...wish, body: '{"org":"SCDD"}' },
      ]
      const statuses = refused.map(async (asked) => (await fetch(`${served.url}/demo/sandbox`, asked)).status)
      assert.deepEqual(await Promise.all(statuses), [403, 415, 415, 400])
      assert.equal(served.node.status().receipts, receipts)
    } finally {
      await served.close()
    }
  })

  it('keeps its secrets for its owner alone', () => {
    assert.equal(statSync(join(dir, 'demo-keys.json')).mode & 0o777, 0o600)
  })

  it('refuses a folder in use, naming the process', async () => {
    const served = await serve(dir, foundIn(dir))
    await assert.rejects(serve(dir, foundIn(dir)), (error: Error) => {
      return error instanceof Trouble && error.message.includes(String(process.pid))
    })
    await served.close()
  })

  it('takes the next free port, but of a port that is asked for only that one', async () => {
    // One that no process beside this takes once it is free again.
    const [port] = await freePorts(1)
    const other = createServer()
    await new Promise<void>((resolve) => void other.listen(port, '127.0.0.1', resolve))
    await assert.rejects(serve(dir, foundIn(dir), port), Trouble)
    await new Promise((resolve) => other.close(resolve))
    const served = await serve(dir, foundIn(dir), port)
    assert.equal(served.url, `http://127.0.0.1:${port}`)
    await served.close()
  })

  it('is not founded in a folder that holds something else', () => {
    const foreign = mkdtempSync(join(root, 'foreign-'))
    writeFileSync(join(foreign, 'letters.txt'), 'mine')
    assert.throws(() => foundIn(foreign), Trouble)
  })

  it('goes on with a start that ended while it made the keys', () => {
    const begun = mkdtempSync(join(root, 'begun-'))
    writeFileSync(join(begun, 'demo-keys.json.partial'), '{"note')
    assert.equal(foundIn(begun).existed, false)
  })

  it('is not founded where no folder can be made', { skip: !existsSync('/proc/self') }, () => {
    assert.throws(() => foundIn('/proc/dujiang/ledger'), Trouble)
    const file = join(root, 'file')
    writeFileSync(file, 'mine')
    assert.throws(() => foundIn(join(file, 'ledger')), Trouble)
  })

  it('names the file that a restored copy lacks', () => {
    const copy = mkdtempSync(join(root, 'copy-'))
    cpSync(join(dir, 'genesis.json'), join(copy, 'genesis.json'))
    assert.throws(() => foundIn(copy), /no demo-keys\.json.*keys are not in a backup/)
    cpSync(join(dir, 'demo-keys.json'), join(copy, 'demo-keys.json'))
    assert.equal(foundIn(copy).existed, true)
  })

  it('says what to do when its files are damaged', async () => {
    const copy = join(root, 'damaged')
    cpSync(dir, copy, { recursive: true })
    const [segment = ''] = readdirSync(join(copy, 'journal')).filter((name) => name.endsWith('.journal'))
    const path = join(copy, 'journal', segment)
    const bytes = readFileSync(path)
    bytes.writeUInt8(bytes.readUInt8(200) ^ 1, 200)
    writeFileSync(path, bytes)
    await assert.rejects(serve(copy, foundIn(copy)), (error: Error) => {
      return error instanceof Trouble && error.message.includes('restore a backup')
    })
    writeFileSync(join(copy, 'demo-keys.json'), readFileSync(join(dir, 'demo-keys.json')).subarray(0, 300))
    assert.throws(() => foundIn(copy), /demo-keys\.json is damaged/)
  })

  it('[GRD-2] signs nothing on a copy older than its key has signed', async () => {
    const older = join(root, 'older')
    cpSync(dir, older, { recursive: true })
    const first = await serve(older, foundIn(older))
    await first.close()
    const [record = ''] = readdirSync(older).filter((name) => name.endsWith('.signed'))
    writeFileSync(join(older, record), '0000000000000999\n')
    await assert.rejects(serve(older, foundIn(older)), /signed up to block 999/)
  })
})
