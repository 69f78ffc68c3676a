import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, describe, it } from 'node:test'
import fc from 'fast-check'
import {
  RequestCheckTx,
  RequestFinalizeBlock,
  RequestInfo,
  RequestInitChain,
  RequestPrepareProposal,
  RequestProcessProposal,
  RequestQuery,
  serveAbci,
} from '@dujiang/node/abci'
import { type Asked, Asking, KvStoreApp, lookForAbciCli, framed } from '@dujiang/testing/abci'

const cli = await lookForAbciCli()
const skip = 'missing' in cli ? cli.missing : false
const program = 'path' in cli ? cli.path : ''
const vectors = join(import.meta.dirname, 'vectors')

async function folderOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dujiang-kv-'))
  t.after(() => rm(folder, { recursive: true }))
  return folder
}

/** Our server with our kvstore, on a socket of its own. */
async function serveOurs(t: TestContext): Promise<string> {
  const path = join(await folderOf(t), 's')
  const server = await serveAbci(path, new KvStoreApp(), { onFailure: (cause) => assert.fail(cause as Error) })
  t.after(() => server.close())
  return path
}

/** CometBFT's server with CometBFT's kvstore. */
async function serveTheirs(t: TestContext): Promise<string> {
  const path = join(await folderOf(t), 's')
  const child = spawn(program, ['kvstore', '--address', `unix://${path}`], { stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(async () => {
    child.kill()
    await once(child, 'exit')
  })
  await new Promise<void>((listening) => {
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('Waiting for new connection')) listening()
    })
  })
  return path
}

async function printed(child: ChildProcess): Promise<string> {
  let text = ''
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()))
  await once(child, 'close')
  return text
}

/** The answers to all this, as they come over the wire. */
async function rawAnswers(path: string, list: readonly Asked[]): Promise<string[]> {
  const asking = await Asking.of(path)
  // CometBFT's server lets its answers go at a flush.
  const answers = await asking.ask(framed([...list, { $case: 'flush', value: {} }]), list.length + 1)
  await asking.close()
  return answers.map((answer) => Buffer.from(answer).toString('latin1'))
}

describe('CometBFT’s kvstore on our server', { skip }, () => {
  for (const script of ['ex1.abci', 'ex2.abci']) {
    it(`[ABCI-3] prints for ${script} what CometBFT’s own does, byte for byte`, async (t) => {
      const path = await serveOurs(t)
      const child = spawn(program, ['--log_level=error', '--verbose', '--address', `unix://${path}`, 'batch'], {
        stdio: ['pipe', 'pipe', 'inherit'],
      })
      child.stdin.end(await readFile(join(vectors, script)))
      assert.equal(await printed(child), await readFile(join(vectors, `${script}.out`), 'utf8'))
    })
  }

  it('[ABCI-2] gives the bytes that CometBFT’s own gives, whatever is asked', async (t) => {
    const word = fc.stringMatching(/^[a-c=:]{0,3}$/)
    const key = fc.constantFrom(1, 2).map((fill) => new Uint8Array(32).fill(fill))
    const validator = fc
      .tuple(fc.constantFrom('', 'ed25519'), key, fc.constantFrom('0', '7', '+7', '-1', 'x', `${2n ** 63n}`))
      .map(([kind, bytes, power]) => `val=${kind}!${Buffer.from(bytes).toString('base64')}!${power}`)
    const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
    const tx = fc.oneof({ weight: 4, arbitrary: word }, validator).map(utf8)
    const pair = fc.stringMatching(/^[a-c]{1,2}=[a-c电]{1,2}$/)
    const power = fc
      .constantFrom('0', '7')
      .map((text) => `val=ed25519!${Buffer.alloc(32, 2).toString('base64')}!${text}`)
    const inBlock = fc.oneof({ weight: 4, arbitrary: pair }, power).map(utf8)
    const data = fc.oneof(word.map(utf8), key)
    const asked: fc.Arbitrary<Asked[]> = fc.oneof(
      fc.constant<Asked[]>([{ $case: 'info', value: RequestInfo.create() }]),
      tx.map((bytes): Asked[] => [{ $case: 'checkTx', value: RequestCheckTx.create({ tx: bytes }) }]),
      fc.array(tx, { maxLength: 3 }).map((txs): Asked[] => [
        { $case: 'prepareProposal', value: RequestPrepareProposal.create({ txs }) },
        { $case: 'processProposal', value: RequestProcessProposal.create({ txs }) },
      ]),
      fc
        .tuple(data, fc.constantFrom('', '/val', '/key'), fc.boolean())
        .map(([bytes, path, prove]): Asked[] => [
          { $case: 'query', value: RequestQuery.create({ data: bytes, path, prove }) },
        ]),
      fc.tuple(fc.array(inBlock, { maxLength: 200 }), fc.bigInt({ min: 1n, max: 9n })).map(([txs, height]): Asked[] => [
        { $case: 'finalizeBlock', value: RequestFinalizeBlock.create({ txs, height }) },
        { $case: 'commit', value: {} },
      ]),
      key.map((value): Asked[] => [
        {
          $case: 'initChain',
          value: RequestInitChain.create({
            validators: [{ pubKey: { sum: { $case: 'ed25519', value } }, power: 10n }],
          }),
        },
      ]),
      fc.constantFrom<Asked[]>(
        [{ $case: 'echo', value: { message: '电力交易' } }],
        [{ $case: 'listSnapshots', value: {} }],
        [{ $case: 'flush', value: {} }],
      ),
    )
    const [ours, theirs] = [await serveOurs(t), await serveTheirs(t)]
    // Both go on from run to run, so that state grows; each run has a connection of its own.
    await fc.assert(
      fc.asyncProperty(fc.array(asked, { maxLength: 30 }), async (list) => {
        assert.deepEqual(await rawAnswers(ours, list.flat()), await rawAnswers(theirs, list.flat()))
      }),
      { numRuns: 200, endOnFailure: true },
    )
  })
})
