import type { BlockId, Commit, Header, Timestamp, Validator } from '@dujiang/chain'
import { RpcFault } from './rpc/fault.ts'
import type { Fields } from './rpc/fields.ts'
import { question, readAnswer, resultOf } from './rpc/message.ts'
import { Transport } from './rpc/transport.ts'
import { type TxTaken, takenBy, txParams } from './rpc/tx-taken.ts'
import { readBlockId, readCommit, readHeader, readPublicKey, readValidator } from './rpc/values.ts'

export { RpcFault } from './rpc/fault.ts'

/** Where the process stands. Before the first block height is 0 and the hashes are empty. */
export type RpcStatus = {
  /** Hexadecimal, as in peer lists. */
  readonly nodeId: string
  readonly moniker: string
  readonly chainId: string
  readonly version: string
  readonly height: number
  readonly time: Timestamp
  readonly blockHash: Uint8Array
  /** The application's hash in the header of `height`: after the block before it. */
  readonly appHash: Uint8Array
  /** The oldest block still kept. */
  readonly earliestHeight: number
  readonly catchingUp: boolean
  /** This node's own key and its power in the set of `height`; 0 when it is no validator. */
  readonly validator: Validator
}

export type RpcPeer = {
  readonly nodeId: string
  readonly moniker: string
  readonly remoteIp: string
  readonly outbound: boolean
}

/** `canonical` is false for the newest height: its commit may still differ from the one that the next block will carry. */
export type RpcCommit = { readonly header: Header; readonly commit: Commit; readonly canonical: boolean }

/** A piece of evidence in a block, by its engine name; `value` is the engine's JSON of it. */
export type RpcEvidence = { readonly type: string; readonly value: unknown }

export type RpcBlock = {
  readonly id: BlockId
  readonly header: Header
  readonly txs: readonly Uint8Array[]
  readonly evidence: readonly RpcEvidence[]
  readonly lastCommit: Commit
}

export type RpcConsensusParams = {
  readonly blockBytesMax: number
  readonly blockGasMax: number
  readonly evidenceAgeBlocksMax: number
  readonly evidenceBytesMax: number
}

/**
 * Asks one cometbft process over its JSON-RPC on loopback. Every method rejects with an {@link RpcFault} and nothing else.
 * @example await new CometRpc('http://127.0.0.1:26657').status()
 */
export class CometRpc {
  readonly #transport: Transport
  #nextId = 1

  constructor(baseUrl: string, options: { readonly timeoutMs?: number } = {}) {
    this.#transport = new Transport(baseUrl, options.timeoutMs ?? 5_000)
  }

  async status(): Promise<RpcStatus> {
    const answer = await this.#ask('status')
    const node = answer.object('node_info')
    const sync = answer.object('sync_info')
    const own = answer.object('validator_info')
    return {
      nodeId: node.text('id'),
      moniker: node.text('moniker'),
      chainId: node.text('network'),
      version: node.text('version'),
      height: sync.int('latest_block_height'),
      time: sync.time('latest_block_time'),
      blockHash: sync.hex('latest_block_hash', 0, 32),
      appHash: sync.hex('latest_app_hash'),
      earliestHeight: sync.int('earliest_block_height'),
      catchingUp: sync.flag('catching_up'),
      validator: { publicKey: readPublicKey(own.object('pub_key')), power: own.int('voting_power') },
    }
  }

  async netInfo(): Promise<readonly RpcPeer[]> {
    const answer = await this.#ask('net_info')
    return answer.objects('peers').map((peer) => ({
      nodeId: peer.object('node_info').text('id'),
      moniker: peer.object('node_info').text('moniker'),
      remoteIp: peer.text('remote_ip'),
      outbound: peer.flag('is_outbound'),
    }))
  }

  /** The header of `height` (the newest when not given) and the commit for it. */
  async commit(height?: number): Promise<RpcCommit> {
    const answer = await this.#ask('commit', heightParams(height))
    const signed = answer.object('signed_header')
    return {
      header: readHeader(signed.object('header')),
      commit: readCommit(signed.object('commit')),
      canonical: answer.flag('canonical'),
    }
  }

  /** The whole validator set of `height`, in the engine's order, over as many pages as it needs. */
  async validators(height?: number): Promise<readonly Validator[]> {
    const validators: Validator[] = []
    let at = height
    for (let page = 1; ; page++) {
      const params = { ...heightParams(at), page: String(page), per_page: '100' }
      const answer = await this.#ask('validators', params)
      // The newest height may move on between two pages; all have to be of one.
      at ??= answer.int('block_height')
      validators.push(...answer.objects('validators').map((validator) => readValidator(validator)))
      if (validators.length >= answer.int('total')) return validators
    }
  }

  /** The block of `height`, the newest when not given. */
  async block(height?: number): Promise<RpcBlock> {
    const answer = await this.#ask('block', heightParams(height))
    const block = answer.object('block')
    return {
      id: readBlockId(answer.object('block_id')),
      header: readHeader(block.object('header')),
      txs: block.object('data').base64List('txs'),
      evidence: block
        .object('evidence')
        .objects('evidence')
        .map((piece) => ({ type: piece.text('type'), value: piece.raw('value') })),
      lastCommit: readCommit(block.object('last_commit')),
    }
  }

  /** Hands a transaction over without waiting for the application's check: `code` of the outcome is always 0. */
  broadcastTxAsync(tx: Uint8Array): Promise<TxTaken> {
    return this.#broadcast('broadcast_tx_async', tx)
  }

  /** Hands a transaction over and waits for the application's check. */
  broadcastTxSync(tx: Uint8Array): Promise<TxTaken> {
    return this.#broadcast('broadcast_tx_sync', tx)
  }

  /**
   * Hands over a proof of a validator's fault, and gives its hash. The engine judges it and rejects with what it has against it; what
   * it takes it passes on, and the next proposer puts it into a block.
   */
  async broadcastEvidence(evidence: RpcEvidence): Promise<Uint8Array> {
    return (await this.#ask('broadcast_evidence', { evidence })).base64('hash', 32)
  }

  /** How many transactions wait in the mempool, and their bytes. */
  async numUnconfirmedTxs(): Promise<{ readonly count: number; readonly bytes: number }> {
    const answer = await this.#ask('num_unconfirmed_txs')
    return { count: answer.int('total'), bytes: answer.int('total_bytes') }
  }

  async consensusParams(height?: number): Promise<RpcConsensusParams> {
    const params = (await this.#ask('consensus_params', heightParams(height))).object('consensus_params')
    return {
      blockBytesMax: params.object('block').int('max_bytes'),
      blockGasMax: params.object('block').int('max_gas'),
      evidenceAgeBlocksMax: params.object('evidence').int('max_age_num_blocks'),
      evidenceBytesMax: params.object('evidence').int('max_bytes'),
    }
  }

  /** The height that the foremost connected peer is deciding on, as it last told this node; 0 without peers. */
  async peerHeightMax(): Promise<number> {
    const answer = await this.#ask('dump_consensus_state')
    const heights = answer.objects('peers').map((peer) => peer.object('peer_state').object('round_state').int('height'))
    return Math.max(0, ...heights)
  }

  /** Closes the connections. */
  close(): void {
    this.#transport.close()
  }

  #broadcast(method: string, tx: Uint8Array): Promise<TxTaken> {
    return takenBy(this.#ask(method, txParams(tx)))
  }

  async #ask(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<Fields> {
    const id = this.#nextId++
    const answer = readAnswer(await this.#transport.post(question(id, method, params)))
    const result = resultOf(answer, method)
    if (answer.raw('id') !== id) throw new RpcFault('unreadable', `${method} was answered under another id`)
    return result
  }
}

const heightParams = (height: number | undefined) => (height === undefined ? undefined : { height: String(height) })
