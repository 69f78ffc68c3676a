import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { describe, it } from 'node:test'
import { promisify } from 'node:util'
import {
  BlockIDFlag,
  MisbehaviorType,
  Request,
  RequestFinalizeBlock,
  Response,
  ResponseFinalizeBlock,
} from '../../../../src/engine/comet/abci/index.ts'

const root = resolve(import.meta.dirname, '../../../../../..')
const abci = 'packages/node/src/engine/comet/abci'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

describe('the generated codec', () => {
  it('[ABCI-2] is what the definitions give', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'dujiang-proto-'))
    t.after(() => rm(folder, { recursive: true }))
    await cp(join(root, abci, 'proto'), join(folder, abci, 'proto'), { recursive: true })
    const bin = join(root, 'node_modules/.bin')
    await promisify(execFile)(
      join(bin, 'buf'),
      ['generate', `${abci}/proto`, '--template', `${abci}/proto/buf.gen.yaml`],
      { cwd: folder, env: { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH']}` } },
    )
    const files = await filesOf(join(root, abci, 'generated'))
    assert.ok(files.size > 0)
    assert.deepEqual(await filesOf(join(folder, abci, 'generated')), files)
  })

  it('[ABCI-2] reads and writes a block as Go does', () => {
    // RequestFinalizeBlock of abci/types of CometBFT v0.40.0, by its Marshal().
    const bytes =
      'a2013f0a036162630a00120d080212090a050a0101180718021a13080112050a0102180318032204080110022805' +
      '2201092880808080802032080880e2cfaa061005'
    const value = RequestFinalizeBlock.create({
      txs: [new TextEncoder().encode('abc'), new Uint8Array(0)],
      decidedLastCommit: {
        round: 2,
        votes: [{ validator: { address: Uint8Array.of(1), power: 7n }, blockIdFlag: BlockIDFlag.BLOCK_ID_FLAG_COMMIT }],
      },
      misbehavior: [
        {
          type: MisbehaviorType.DUPLICATE_VOTE,
          validator: { address: Uint8Array.of(2), power: 3n },
          height: 3n,
          time: { seconds: 1n, nanos: 2 },
          totalVotingPower: 5n,
        },
      ],
      hash: Uint8Array.of(9),
      height: 2n ** 40n,
      time: { seconds: 1_700_000_000n, nanos: 5 },
    })
    assert.equal(hex(Request.encode({ value: { $case: 'finalizeBlock', value } }).finish()), bytes)
    assert.deepEqual(Request.decode(new Uint8Array(Buffer.from(bytes, 'hex'))).value, { $case: 'finalizeBlock', value })
  })

  it('[ABCI-2] keeps every field of an answer, 64 bits wide, on its way there and back', () => {
    const value = ResponseFinalizeBlock.create({
      txResults: [{ code: 4, data: Uint8Array.of(1, 2), gasWanted: 2n ** 63n - 1n, gasUsed: -1n, log: '电力' }, {}],
      validatorUpdates: [{ pubKey: { sum: { $case: 'ed25519', value: new Uint8Array(32).fill(9) } }, power: 10n }],
      consensusParamUpdates: { block: { maxBytes: 4n * 2n ** 20n, maxGas: -1n } },
      appHash: new Uint8Array(32).fill(3),
    })
    const bytes = Response.encode({ value: { $case: 'finalizeBlock', value } }).finish()
    assert.deepEqual(Response.decode(bytes).value, { $case: 'finalizeBlock', value })
  })

  it('[ABCI-2] does not take for a request what breaks off', () => {
    const whole = Request.encode({ value: { $case: 'checkTx', value: { tx: new Uint8Array(9), type: 1 } } }).finish()
    assert.throws(() => Request.decode(whole.subarray(0, -3)))
    assert.equal(hex(whole), '420d0a090000000000000000001001')
  })
})

async function filesOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts')).sort()
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  )
}
