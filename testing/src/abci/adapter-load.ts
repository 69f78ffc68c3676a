/**
 * The other end of `measureAdapter`, in a thread of its own: asks as CometBFT does when blocks are full. Each block's
 * transactions are checked over the mempool connection, a flush after every fiftieth, then decided over the consensus
 * connection.
 */
import { parentPort, workerData } from 'node:worker_threads'
import {
  RequestCheckTx,
  RequestFinalizeBlock,
  RequestPrepareProposal,
  RequestProcessProposal,
} from '@dujiang/node/abci'
import { Asking, type Asked, framed } from './asking.ts'

export interface AdapterLoad {
  readonly path: string
  readonly blocks: number
  readonly txsPerBlock: number
  readonly txBytes: number
}

const FLUSH_EVERY_TXS = 50

const { path, blocks, txsPerBlock, txBytes } = workerData as AdapterLoad
const flush: Asked = { $case: 'flush', value: {} }
const txs = Array.from({ length: txsPerBlock }, (_, n) => new Uint8Array(txBytes).fill(n))

const checks: Asked[] = txs.flatMap((tx, n) => {
  const check: Asked = { $case: 'checkTx', value: RequestCheckTx.create({ tx }) }
  return n % FLUSH_EVERY_TXS === FLUSH_EVERY_TXS - 1 ? [check, flush] : [check]
})
const prepare = RequestPrepareProposal.create({ txs, maxTxBytes: 2n ** 22n })
const steps: Asked[] = [
  { $case: 'prepareProposal', value: prepare },
  { $case: 'processProposal', value: RequestProcessProposal.create({ txs }) },
  { $case: 'finalizeBlock', value: RequestFinalizeBlock.create({ txs }) },
  { $case: 'commit', value: {} },
]
const checkBytes = framed(checks)
const stepBytes = steps.map((step) => framed([step, flush]))

const mempool = await Asking.of(path)
const consensus = await Asking.of(path)
for (let block = 0; block < blocks; block++) {
  await mempool.ask(checkBytes, checks.length)
  for (const bytes of stepBytes) await consensus.ask(bytes, 2)
}
await mempool.close()
await consensus.close()
parentPort?.postMessage('done')
