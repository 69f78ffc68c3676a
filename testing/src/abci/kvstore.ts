import { createHash } from 'node:crypto'
import {
  Event,
  ExecTxResult,
  MisbehaviorType,
  type PublicKey,
  type RequestCheckTx,
  type RequestFinalizeBlock,
  type RequestInitChain,
  type RequestPrepareProposal,
  type RequestProcessProposal,
  type RequestQuery,
  ResponseCheckTx,
  type ResponseCommit,
  ResponseFinalizeBlock,
  ResponseInfo,
  ResponseInitChain,
  type ResponsePrepareProposal,
  type ResponseProcessProposal,
  ResponseProcessProposal_ProposalStatus as ProposalStatus,
  ResponseQuery,
  ValidatorUpdate,
} from '@dujiang/node/abci'
import { BaseApp } from './base-app.ts'
import { ed25519, isValid, isValidatorTx, latin1, normalized, pairOf, validatorUpdateOf } from './kvstore-tx.ts'

const INVALID_TX_FORMAT = 2
const NOTHING = new Uint8Array(0)

/**
 * CometBFT's own example app, v0.40.0 abci/example/kvstore in memory, done again on our server: the same bytes for the same
 * requests, so that both servers can be held against each other. Its flaws are kept, too: block and height count from
 * finalizeBlock on, and the app hash is the number of transactions.
 *
 * Not kept: validators with keys other than Ed25519, and keys and values that are not UTF-8, which Go puts into events
 * as they are.
 */
export class KvStoreApp extends BaseApp {
  readonly #values = new Map<string, Uint8Array>()
  readonly #validators = new Map<string, Uint8Array>()
  readonly #keyOfAddress = new Map<string, PublicKey>()
  #size = 0n
  #height = 0n
  #stagedTxs: Uint8Array[] = []
  #validatorUpdates: ValidatorUpdate[] = []

  override info(): ResponseInfo {
    return ResponseInfo.create({
      data: `{"size":${this.#size}}`,
      version: '2.0.0',
      appVersion: 1n,
      lastBlockHeight: this.#height,
      lastBlockAppHash: this.#hash(),
    })
  }

  override initChain({ validators }: RequestInitChain): ResponseInitChain {
    for (const update of validators) this.#updateValidator(update)
    return ResponseInitChain.create({ appHash: this.#hash() })
  }

  override checkTx({ tx }: RequestCheckTx): ResponseCheckTx {
    return ResponseCheckTx.create(isValid(tx) ? { gasWanted: 1n } : { code: INVALID_TX_FORMAT })
  }

  override prepareProposal({ txs }: RequestPrepareProposal): ResponsePrepareProposal {
    return { txs: txs.filter(isValid).map(normalized) }
  }

  override processProposal({ txs }: RequestProcessProposal): ResponseProcessProposal {
    return { status: txs.every(isValid) ? ProposalStatus.ACCEPT : ProposalStatus.REJECT }
  }

  override finalizeBlock(request: RequestFinalizeBlock): ResponseFinalizeBlock {
    this.#stagedTxs = []
    this.#validatorUpdates = this.#punished(request)
    for (const tx of request.txs) {
      if (isValidatorTx(tx)) this.#validatorUpdates.push(validatorUpdateOf(tx))
      else this.#stagedTxs.push(tx)
    }
    this.#size += BigInt(request.txs.length)
    this.#height = request.height
    return ResponseFinalizeBlock.create({
      txResults: request.txs.map(resultOf),
      validatorUpdates: this.#validatorUpdates,
      appHash: this.#hash(),
    })
  }

  override commit(): ResponseCommit {
    for (const update of this.#validatorUpdates) this.#updateValidator(update)
    for (const tx of this.#stagedTxs) {
      const pair = pairOf(tx)
      if (pair === undefined) throw new Error('a transaction that is no pair is in a block')
      this.#values.set(latin1(pair[0]), pair[1])
    }
    return { retainHeight: 0n }
  }

  override query({ path, data, prove }: RequestQuery): ResponseQuery {
    if (path === '/val')
      return ResponseQuery.create({ key: data, value: this.#validators.get(latin1(data)) ?? NOTHING })
    const value = this.#values.get(latin1(data))
    return ResponseQuery.create({
      log: value === undefined ? 'does not exist' : 'exists',
      key: data,
      value: value ?? NOTHING,
      height: this.#height,
      index: prove ? -1n : 0n,
    })
  }

  #punished({ misbehavior }: RequestFinalizeBlock): ValidatorUpdate[] {
    return misbehavior
      .filter(({ type }) => type === MisbehaviorType.DUPLICATE_VOTE)
      .map(({ validator }) => {
        const pubKey = this.#keyOfAddress.get(latin1(validator?.address ?? new Uint8Array(0)))
        if (validator === undefined || pubKey === undefined) throw new Error('who is to be punished is unknown')
        return ValidatorUpdate.create({ pubKey, power: validator.power - 1n })
      })
  }

  #updateValidator(update: ValidatorUpdate): void {
    const sum = update.pubKey?.sum
    if (sum?.$case !== 'ed25519' || sum.value.length !== 32) throw new Error('not the public key of a validator')
    const key = latin1(sum.value)
    const address = latin1(createHash('sha256').update(sum.value).digest().subarray(0, 20))
    if (update.power === 0n) {
      this.#validators.delete(key)
      this.#keyOfAddress.delete(address)
    } else {
      const bytes = ValidatorUpdate.encode(update).finish()
      this.#validators.set(key, Uint8Array.of(bytes.length, ...bytes))
      this.#keyOfAddress.set(address, ed25519(sum.value))
    }
  }

  /** The number of transactions as a zig-zag LEB128 in eight bytes. */
  #hash(): Uint8Array {
    const hash = new Uint8Array(8)
    let rest = this.#size * 2n
    let at = 0
    for (; rest >= 0x80n; rest >>= 7n) hash[at++] = Number(rest & 0x7fn) | 0x80
    hash[at] = Number(rest)
    return hash
  }
}

const utf8 = new TextDecoder()

function resultOf(tx: Uint8Array): ExecTxResult {
  const [key, value] = pairOf(tx) ?? [tx, tx]
  return ExecTxResult.create({ events: [eventOf('Cosmoshi Netowoko', key), eventOf('Cosmoshi', value)] })
}

function eventOf(creator: string, key: Uint8Array): Event {
  return Event.create({
    type: 'app',
    attributes: [
      { key: 'creator', value: creator, index: true },
      { key: 'key', value: utf8.decode(key), index: true },
      { key: 'index_key', value: 'index is working', index: true },
      { key: 'noindex_key', value: 'index is working', index: false },
    ],
  })
}
