import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, describe, it } from 'node:test'
import { type AbciApp, type AbciCall, type AbciMethod, serveAbci } from '@dujiang/node/abci'
import { CometbftMissing, lookForCometbft } from '@dujiang/node/network'
import { CountingApp, KvStoreApp, LoneValidator, grammarBreak } from '@dujiang/testing/abci'

const cometbft = await lookForCometbft()
const skip = cometbft instanceof CometbftMissing ? cometbft.message : false

/** A chain of one validator on `app`, and the log of what it asked. */
class Chain {
  readonly calls: AbciCall[] = []
  readonly validator: LoneValidator
  readonly #watchers = new Set<() => void>()

  private constructor(validator: LoneValidator) {
    this.validator = validator
  }

  static async on(t: TestContext, app: AbciApp): Promise<Chain> {
    assert.ok('path' in cometbft)
    const folder = await mkdtemp(join(tmpdir(), 'dujiang-lone-'))
    const validator = await LoneValidator.found(cometbft.path, folder)
    const chain = new Chain(validator)
    const server = await serveAbci(validator.appSocket, app, {
      onFailure: (cause) => assert.fail(cause as Error),
      log: (call) => {
        chain.calls.push(call)
        for (const watcher of chain.#watchers) watcher()
      },
    })
    t.after(async () => {
      await validator.kill()
      await server.close()
      await rm(folder, { recursive: true })
    })
    await chain.start()
    return chain
  }

  start(): Promise<void> {
    return this.validator.start((how) => assert.fail(how))
  }

  /** Resolves once a call meets `condition`; `act` runs before CometBFT has its answer. */
  when<T>(condition: (call: AbciCall) => boolean, act: () => T | Promise<T>): Promise<T> {
    return new Promise((reached) => {
      const watcher = (): void => {
        if (!condition(this.calls.at(-1) as AbciCall)) return
        this.#watchers.delete(watcher)
        reached(act())
      }
      this.#watchers.add(watcher)
    })
  }

  height(height: number): Promise<void> {
    return this.when(
      (call) => call.method === 'prepareProposal' && (call.height ?? 0) > height,
      () => {},
    )
  }

  killAt(step: AbciMethod): Promise<void> {
    return this.when(
      ({ method }) => method === step,
      () => this.validator.kill(),
    )
  }

  /** Transactions in all blocks up to this height, as CometBFT has stored them. */
  async stored(height: number): Promise<number> {
    let count = 0
    for (let at = 1; at <= height; at += 20) {
      // It shows no more than twenty at once.
      const { block_metas } = await this.validator.rpc('blockchain', {
        minHeight: `${at}`,
        maxHeight: `${Math.min(at + 19, height)}`,
      })
      for (const { num_txs } of block_metas as { num_txs: string }[]) count += Number(num_txs)
    }
    return count
  }

  async send(txs: readonly string[]): Promise<void> {
    for (const tx of txs) await this.validator.rpc('broadcast_tx_sync', { tx: Buffer.from(tx).toString('base64') })
  }
}

describe('a CometBFT process', { skip }, () => {
  it('[ABCI-5] makes blocks on our server, in the grammar of ABCI', async (t) => {
    const chain = await Chain.on(t, new KvStoreApp())
    await chain.height(2)
    const tx = Buffer.from('name=value').toString('base64')
    const { tx_result } = await chain.validator.rpc('broadcast_tx_commit', { tx })
    assert.equal((tx_result as { code: number }).code, 0)
    const { response } = await chain.validator.rpc('abci_query', { data: Buffer.from('name').toString('hex') })
    assert.equal((response as { value: string }).value, Buffer.from('value').toString('base64'))
    await chain.height(5)
    assert.equal(grammarBreak(chain.calls), undefined)
  })

  it('[ABCI-8] that is killed at each step of a block goes on where the app is', async (t) => {
    const app = new CountingApp(32)
    const chain = await Chain.on(t, app)
    await chain.height(2)
    const steps: AbciMethod[] = ['prepareProposal', 'processProposal', 'finalizeBlock', 'commit', 'checkTx', 'info']
    for (const [round, step] of steps.entries()) {
      const killed = chain.killAt(step)
      // Whatever makes CometBFT take the step; its own answer is lost with it.
      void chain.send(Array.from({ length: 20 }, (_, n) => `${round} ${n}`)).catch(() => {})
      if (step === 'info') void chain.validator.rpc('abci_info').catch(() => {})
      await killed
      const again = chain.height(app.height + 2)
      await chain.start()
      await again
    }
    await chain.send(['the last one'])
    await chain.height(app.height + 2)
    const { height, count } = app
    assert.equal(grammarBreak(chain.calls), undefined)
    assert.equal(new Set(chain.calls.map(({ process }) => process)).size, steps.length + 1)
    assert.ok(count > 0)
    assert.equal(await chain.stored(height), count)
  })
})
