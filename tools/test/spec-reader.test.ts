// Another implementation, written from spec/README.md alone: it uses none of our packages.
import assert from 'node:assert/strict'
import { createHash, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, it } from 'node:test'

const folder = resolve(import.meta.dirname, '../../spec/vectors')
const json = (name: string) => JSON.parse(readFileSync(resolve(folder, name), 'utf8')) as any
const sha256 = (...parts: readonly (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
const hex = (text: string): Buffer => Buffer.from(text, 'hex')

/** Canonical JSON of values that JSON.parse gave: for integers and strings JSON.stringify writes the same. */
function canonical(value: any): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object') return JSON.stringify(value)
  const fields = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
  return `{${fields.join(',')}}`
}

function logRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha256('')
  if (leaves.length === 1) return leaves[0] as Buffer
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return sha256(hex('01'), logRoot(leaves.slice(0, split)), logRoot(leaves.slice(split)))
}

type Row = { readonly k: Buffer; readonly v: Buffer }
const bit = (k: Buffer, at: number): number => ((k[at >> 3] as number) >> (7 - (at % 8))) & 1

function mapNode(rows: readonly Row[], depth = 0): Buffer {
  const [first] = rows
  if (first === undefined) return Buffer.alloc(32)
  if (rows.length === 1) return sha256(hex('00'), first.k, first.v)
  const side = (wanted: number) => rows.filter(({ k }) => bit(k, depth) === wanted)
  return sha256(hex('01'), mapNode(side(0), depth + 1), mapNode(side(1), depth + 1))
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}

const mapRoot = (rows: readonly Row[]): Buffer => sha256(hex('02'), uint64(rows.length), mapNode(rows))

function ed25519Holds(publicKey: string, message: Buffer, signature: string): boolean {
  const der = Buffer.concat([hex('302a300506032b6570032100'), hex(publicKey)])
  return verify(null, message, createPublicKey({ key: der, format: 'der', type: 'spki' }), hex(signature))
}

describe('a reader written from spec/README.md', () => {
  it('finds signed bytes, ids and key names of the transactions', () => {
    for (const vector of json('envelopes.json').transactions) {
      const { body, sig } = JSON.parse(vector.transaction)
      assert.equal(canonical({ body, sig }), vector.transaction)
      const signed = Buffer.from(`dujiang/act/1\n${canonical(body)}`)
      assert.equal(signed.toString('hex'), vector.signedBytes)
      assert.equal(sha256(signed).toString('hex'), vector.id)
      const name = sha256(`dujiang/key/1:${vector.scheme}:`, hex(vector.publicKey)).subarray(0, 16)
      assert.equal(name.toString('hex'), body.key)
      if (vector.scheme === 'ed25519') assert.ok(ed25519Holds(vector.publicKey, signed, sig))
    }
  })

  it('computes the roots of the trees', () => {
    const { log, map } = json('trees.json')
    const leaves = log.leaves.map((leaf: string) => sha256(hex('00'), leaf))
    for (const { size, root } of log.roots) assert.equal(logRoot(leaves.slice(0, size)).toString('hex'), root)
    const rows = map.rows.map(({ key, value }: any) => ({ k: sha256(key), v: sha256(value) }))
    for (const { count, root } of map.roots) assert.equal(mapRoot(rows.slice(0, count)).toString('hex'), root)
  })

  it('follows the chain: app hashes, results, receipts, ids and the order of execution', () => {
    const lines = readFileSync(resolve(folder, 'chain/blocks.ndjson'), 'utf8').trimEnd().split('\n')
    const outcomes = json('chain/outcomes.json')
    const chain = sha256(readFileSync(resolve(folder, 'chain/genesis.json'))).toString('hex')
    const leaves: Buffer[] = []
    let appHash: string | undefined
    for (const [at, line] of lines.entries()) {
      const { header, txs } = JSON.parse(line)
      const { appHash: after, receipts, results, rows, log, state } = outcomes[at]
      assert.equal(canonical(JSON.parse(line)), line)
      assert.equal(header.chainId, `dujiang-${chain.slice(0, 32)}`)
      if (appHash !== undefined) assert.equal(header.appHash, appHash)

      const ids = txs.map((tx: any) => (typeof tx === 'string' ? '' : idOf(tx.body)))
      const ofThisBlock = new Map<string, string>()
      for (const { receipt, events } of receipts) {
        assert.equal(sha256(canonical(events)).toString('hex'), receipt.events)
        assert.equal(receipt.index, leaves.length)
        const leaf = sha256(hex('00'), canonical(receipt))
        leaves.push(leaf)
        ofThisBlock.set(receipt.id, leaf.toString('hex'))
      }
      for (const [position, { data }] of results.entries()) {
        if (data !== '') assert.equal(data, ofThisBlock.get(ids[position]))
      }
      const acts = receipts.filter(({ receipt }: any) => receipt.kind === 'act').map(({ receipt }: any) => receipt.id)
      assert.deepEqual(acts, inOrder(header.appHash, txs, acts))

      const hashed = rows.map(({ key, value }: any) => ({ k: sha256(key), v: sha256(canonical(value)) }))
      assert.equal(mapRoot(hashed).toString('hex'), state.root)
      assert.equal(logRoot(leaves).toString('hex'), log.root)
      const computed = sha256('dujiang/app/1', hex(state.root), hex(log.root), uint64(leaves.length)).toString('hex')
      assert.equal(computed, after)
      appHash = after
    }
  })
})

const idOf = (body: any): string => sha256(`dujiang/act/1\n${canonical(body)}`).toString('hex')

/** The executed acts in the order the rules give; stream and actor as the trivial Application routes them. */
function inOrder(appHash: string, txs: readonly any[], executed: readonly string[]): readonly string[] {
  const acts = txs.filter((tx) => typeof tx !== 'string' && executed.includes(idOf(tx.body)))
  const streams: { readonly [act: string]: (payload: any) => string } = {
    'tally.mix': ({ tally }) => tally,
    'alarm.set': () => 'alarms',
    'org.mute': () => 'muting',
  }
  return acts
    .map(({ body }) => ({
      stage: body.act === 'org.mute' ? 0 : 1,
      salt: sha256('dujiang/order/1\n', hex(appHash), `${streams[body.act]!(body.payload)}\n${body.org}`).toString(
        'hex',
      ),
      sequence: body.sequence,
      id: idOf(body),
    }))
    .sort((x, y) => x.stage - y.stage || (x.salt < y.salt ? -1 : x.salt > y.salt ? 1 : x.sequence - y.sequence))
    .map(({ id }) => id)
}
