import {
  ExecTxResult,
  type RequestFinalizeBlock,
  ResponseCheckTx,
  type ResponseCommit,
  ResponseFinalizeBlock,
  ResponseInfo,
} from '@dujiang/node/abci'
import { BaseApp } from './base-app.ts'

/**
 * The least that replicates: counts transactions, and its state is what was committed. With `resultBytes`, each
 * transaction is answered with so many of its own first bytes; what the adapter itself costs is measured with it.
 */
export class CountingApp extends BaseApp {
  readonly #resultBytes: number
  readonly #check = ResponseCheckTx.create({ gasWanted: 1n })
  readonly #empty = ExecTxResult.create()
  #committed = { height: 0n, count: 0n }
  #decided = this.#committed

  constructor(resultBytes: number) {
    super()
    this.#resultBytes = resultBytes
  }

  get height(): number {
    return Number(this.#committed.height)
  }

  get count(): number {
    return Number(this.#committed.count)
  }

  override info(): ResponseInfo {
    const { height, count } = this.#committed
    return { ...ResponseInfo.create(), lastBlockHeight: height, lastBlockAppHash: hashOf(count) }
  }

  override checkTx(): ResponseCheckTx {
    return this.#check
  }

  override finalizeBlock({ height, txs }: RequestFinalizeBlock): ResponseFinalizeBlock {
    this.#decided = { height, count: this.#committed.count + BigInt(txs.length) }
    const txResults = txs.map((tx) =>
      this.#resultBytes === 0 ? this.#empty : { ...this.#empty, data: tx.subarray(0, this.#resultBytes) },
    )
    return { ...ResponseFinalizeBlock.create({ appHash: hashOf(this.#decided.count) }), txResults }
  }

  override commit(): ResponseCommit {
    this.#committed = this.#decided
    return { retainHeight: 0n }
  }
}

function hashOf(count: bigint): Uint8Array {
  const hash = new Uint8Array(8)
  new DataView(hash.buffer).setBigUint64(0, count)
  return hash
}
