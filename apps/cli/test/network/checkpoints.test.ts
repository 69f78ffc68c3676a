import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import {
  type Header,
  type SealedBlock,
  readGenesis,
  readProofHeader,
  readSealedBlock,
  signCheckpoint,
  writeCheckpoint,
} from '@dujiang/chain'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import { writeCard } from '@dujiang/node/consortium'
import { type ExportedSample, Folders, exportedSample } from '../export-rig.ts'
import { dujiang } from '../run.ts'

const secret = (byte: number): Uint8Array => new Uint8Array(32).fill(byte)
const witness = signerFromSecret('ed25519', secret(7))

describe('dujiang audit with checkpoints', () => {
  const folders = new Folders()
  let sample: ExportedSample
  let chain = ''
  let headers: readonly Header[] = []
  let card = ''

  before(async () => {
    sample = await exportedSample(await folders.make('sample'), { sessions: 1 }, 1_000)
    chain = readGenesis(nodeCrypto.sha256, sample.genesisBytes).chain
    const lines = (await readFile(join(sample.out, 'blocks-000000001.ndjson'), 'utf8')).trimEnd().split('\n')
    headers = lines.map((line) => (readSealedBlock(Buffer.from(line)) as SealedBlock).header)
    card = await cardOf('http://127.0.0.1:1')
  })
  after(() => folders.remove())

  async function cardOf(api: string): Promise<string> {
    const path = join(sample.dir, 'card.json')
    const stated = {
      api,
      controller: 'c',
      host: '127.0.0.1',
      name: 'n',
      org: 'SCNEA',
      p2pPort: 1,
      role: 'full',
    } as const
    const keys = { doorKey: toHex(witness.publicKey), nodeId: '00'.repeat(20), validatorKey: '00'.repeat(32) }
    await writeFile(path, writeCard({ ...stated, ...keys, kind: 'dujiang-card', v: 1 }))
    return path
  }

  async function kept(name: string, header: Header, of = chain, signer = witness): Promise<string> {
    const path = join(sample.dir, name)
    await writeFile(path, writeCheckpoint(signCheckpoint(nodeCrypto.sha256, signer, of, header)))
    return path
  }

  const audit = (...files: readonly string[]) =>
    dujiang([
      'audit',
      sample.out,
      '--genesis',
      sample.genesisPath,
      '--witness',
      card,
      ...files.flatMap((file) => ['--checkpoint', file]),
    ])

  it('[WIT-5] holds when the witness signed headers of this chain', async () => {
    const { status, err } = await audit(await kept('a', headers[2]!), await kept('b', headers.at(-1)!))
    assert.equal(status, 0, err)
  })

  it('[WIT-5] does not hold when the witness signed another header, or one above the end', async () => {
    const other = await audit(await kept('c', { ...headers[2]!, appHash: secret(1) }))
    assert.equal(other.status, 1)
    assert.match(other.out, /height 3.*another history/)
    const beyond = await audit(await kept('d', { ...headers[2]!, height: headers.length + 1 }))
    assert.match(beyond.out, /ends below this checkpoint/)
  })

  it('[WIT-5] takes no checkpoint of an unknown key, of another chain, or with a false signature', async () => {
    const stranger = await audit(await kept('e', headers[2]!, chain, signerFromSecret('ed25519', secret(8))))
    assert.match(stranger.err, /none of the cards/)
    assert.match((await audit(await kept('f', headers[2]!, '00'.repeat(32)))).err, /another chain/)
    const path = await kept('g', headers[2]!)
    await writeFile(path, (await readFile(path, 'utf8')).replace('"height":3', '"height":4'))
    assert.match((await audit(path)).err, /is false/)
  })

  /** The receipt file that stands under this header, with checkpoints. */
  const verify = (...files: readonly string[]) =>
    dujiang([
      'verify',
      join(sample.dir, 'receipt-0.json'),
      '--genesis',
      sample.genesisPath,
      '--witness',
      card,
      '--json',
      ...files.flatMap((file) => ['--checkpoint', file]),
    ])

  async function receiptHeader(): Promise<Header> {
    const header = readProofHeader(Uint8Array.from(await readFile(join(sample.dir, 'receipt-0.json'))))
    assert.ok(typeof header === 'object')
    return header
  }

  it('[WIT-6] vouches for a receipt under its very header, and under another of the same state', async () => {
    const header = await receiptHeader()
    const same = await kept('h', header)
    const later = await kept('i', { ...header, height: header.height + 9 })
    const { status, out, err } = await verify(same, later)
    assert.equal(status, 0, err)
    const { witnesses } = JSON.parse(out)
    assert.deepEqual(
      witnesses.map(({ org, height }: { org: string; height: number }) => [org, height]),
      [
        ['SCNEA', header.height],
        ['SCNEA', header.height + 9],
      ],
    )
  })

  it('[WIT-6] refuses a receipt of which a witness signed another history, or says nothing', async () => {
    const header = await receiptHeader()
    const other = await verify(await kept('j', { ...header, appHash: secret(1) }))
    assert.equal(other.status, 1)
    const { step, reason } = JSON.parse(other.out).failed
    assert.equal(step, 'witnesses')
    assert.match(reason, /signed another block/)
    const silent = await verify(await kept('k', { ...header, height: 1, appHash: secret(1) }))
    assert.equal(silent.status, 1)
    assert.match(JSON.parse(silent.out).failed.reason, /says nothing/)
    const none = await verify()
    assert.equal(none.status, 2)
    assert.match(none.err, /--witness needs a --checkpoint/)
  })

  it('is fetched from the node of a card, which must have signed it', async () => {
    const bytes = writeCheckpoint(signCheckpoint(nodeCrypto.sha256, witness, chain, headers[1]!))
    const server = createServer((_, response) => response.end(bytes))
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const own = await cardOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const out = join(sample.dir, 'fetched.json')
    const ran = await dujiang(['network', 'checkpoint', own, '-o', out])
    assert.equal(ran.status, 0, ran.err)
    assert.match(ran.out, /SCNEA vouches for block 2/)
    assert.deepEqual(Uint8Array.from(await readFile(out)), bytes)
    bytes[bytes.length - 10] = bytes[bytes.length - 10] === 0x30 ? 0x31 : 0x30
    assert.equal((await dujiang(['network', 'checkpoint', own, '-o', out])).status, 1)
    await new Promise((done) => {
      server.close(done)
      server.closeAllConnections()
    })
  })
})
