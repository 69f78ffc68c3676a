import {
  type Body,
  type Verified,
  type VerifiedState,
  readGenesis,
  signBody,
  verifyReceipt,
  verifyState,
} from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'
import type { CryptoProvider, Hash } from '@dujiang/core/crypto'
import { jsonOf } from './body.ts'
import { sendActs } from './bulk.ts'
import { Refused, Unreachable } from './errors.ts'
import { type Wish, follow } from './follow.ts'
import { type Identity, Sequences, type Wanted, buildBody } from './identity.ts'
import { pageOf } from './pages.ts'
import { sendAct } from './submit.ts'
import { type Fetch, type Timing, Transport, isPassing, realTiming } from './transport.ts'
import { type SentAct, sentAct } from './sent-act.ts'
import type { Accepted, CatalogueAct, Committed, KnownNode, Listed, Row, Status, Tried } from './types.ts'

export interface ClientOptions {
  /** Addresses of nodes, in the order they are asked. */
  readonly nodes: readonly string[]
  /** The ledger's id, where it is known from elsewhere: a node of another is none. Unless told, the first that answers says it. */
  readonly chain?: string
  /** Signs what is read, so that the organisation's own orders are shown to it. */
  readonly viewer?: Identity
  /** With it every answer to an act is checked for the act's own id; without, only for being of one piece. */
  readonly sha256?: Hash
  readonly fetch?: Fetch
  readonly timing?: Timing
}

export interface Until {
  readonly signal?: AbortSignal
}

interface Ledger {
  readonly chain: string
  readonly domain: string
}

/**
 * A ledger from outside. It holds no keys and no state but the last sequence it gave out.
 * @example
 * const client = new Client({ nodes: ['http://127.0.0.1:7300'] })
 * const body = await client.build(identity, { act: 'auction.sequence.open', payload: { sequence: 'Q1', name: 'First' } })
 * const { receipt, sentence } = await client.submit(client.sign(identity, body))
 */
export class Client {
  readonly #transport: Transport
  readonly #sequences: Sequences
  readonly #sha256: Hash | undefined
  readonly #chain: string | undefined
  #ledger: Promise<Ledger> | undefined

  constructor({
    nodes,
    chain,
    viewer,
    sha256,
    fetch = globalThis.fetch.bind(globalThis),
    timing = realTiming,
  }: ClientOptions) {
    this.#chain = chain
    this.#sha256 = sha256
    this.#transport = new Transport(nodes, fetch, viewer, timing)
    this.#sequences = new Sequences(() => timing.nowMs())
  }

  /** The genesis file. Whoever verifies pins a copy that came by another way. */
  genesis(): Promise<Uint8Array> {
    return this.#transport.getBytes('/v1/genesis')
  }

  async status(): Promise<Status> {
    const status = await this.#transport.ask({ target: '/v1/status' }, async (response) => {
      const said = await jsonOf<Status>(response)
      if (this.#chain === undefined || said.chain === this.#chain) return said
      throw new Unreachable(`a node keeps the ledger ${said.chain} instead of ${this.#chain}`, undefined)
    })
    // Whoever has looked at the ledger once can sign for it while no node answers.
    this.#ledger ??= Promise.resolve(status)
    return status
  }

  /** The nodes of the ledger as the one that answers names them; none where it was told of none. */
  async nodes(): Promise<readonly KnownNode[]> {
    return (await this.#transport.getJson<{ readonly nodes: readonly KnownNode[] }>('/v1/nodes')).nodes
  }

  /** The catalogue of acts with their schemas. */
  async acts(): Promise<readonly CatalogueAct[]> {
    return (await this.#transport.getJson<{ readonly acts: readonly CatalogueAct[] }>('/v1/acts')).acts
  }

  /** A body for this ledger, with the next sequence and an expiry. */
  async build(identity: Identity, wanted: Wanted): Promise<Body> {
    const ledger = await this.#ledgerOnce()
    const nowMs = this.#transport.timing.nowMs()
    return buildBody(ledger, identity, wanted, { nowMs, sequence: this.#sequences.next() })
  }

  /** The transaction's bytes. */
  sign(identity: Identity, body: Body): Uint8Array {
    return signBody(identity.signer, body)
  }

  /** Builds, signs and sends. */
  async act(identity: Identity, wanted: Wanted, until: Until = {}): Promise<Committed> {
    return this.submit(this.sign(identity, await this.build(identity, wanted)), until)
  }

  /**
   * Sends an act and waits until it is committed; sends the same bytes again, to the next node, when there is no answer
   * or no room, until the act has expired. Throws {@link Refused} when it is in no block, nor will be. Throws {@link Unreachable}
   * when nobody can say what became of it: keep the bytes, and hand them to {@link untilCommitted}. A declined act is on record
   * and is an answer: look at `receipt.code`.
   */
  submit(bytes: Uint8Array, until: Until = {}): Promise<Committed> {
    return sendAct(this.#transport, '/v1/acts', this.#sent(bytes), until)
  }

  /** The same, until it is provable; without `proof` when the node did not wait so long. */
  submitProvable(bytes: Uint8Array, until: Until = {}): Promise<Committed> {
    return sendAct(this.#transport, '/v1/acts?wait=provable', this.#sent(bytes), until)
  }

  /**
   * Sends an act and gets the node's signed promise; its receipt at once when it was executed before. The promise is that one
   * node's: keep the bytes, and hand them to {@link untilCommitted}.
   */
  submitAccepted(bytes: Uint8Array, until: Until = {}): Promise<Accepted | Committed> {
    return sendAct<Accepted>(this.#transport, '/v1/acts?wait=accepted', this.#sent(bytes), until)
  }

  /**
   * Sends an act that a node has taken in again, to this node or the next, until its receipt is there: a node may be lost with
   * what it has promised. However often it is sent, it is executed once. Throws {@link Refused} only when it can be in no block any
   * more, which is when block time is past its expiry.
   */
  untilCommitted(bytes: Uint8Array, until: Until = {}): Promise<Committed> {
    return sendAct(this.#transport, '/v1/acts', this.#sent(bytes), { ...until, promised: true })
  }

  /**
   * What would be decided about an act now; nothing changes, and it is no promise. Throws {@link Refused} where it would not be
   * admitted.
   */
  async tryOut(identity: Identity, { act, version = 1, payload }: Wanted, { signal }: Until = {}): Promise<Tried> {
    const { org, key } = identity
    const wanted = { body: { act, v: version, org, key, payload } }
    const request = {
      method: 'POST',
      target: '/v1/acts/dry-run',
      type: 'application/json',
      body: new TextEncoder().encode(JSON.stringify(wanted)),
      asker: identity,
      ...(signal === undefined ? {} : { signal }),
    } as const
    return this.#transport.ask(request, jsonOf<Tried>)
  }

  /** Sends many acts; one answer each, in the same order. */
  submitMany(list: readonly Uint8Array[], { signal }: Until = {}): Promise<readonly (Committed | Refused)[]> {
    const acts = list.map((bytes) => this.#sent(bytes))
    return sendActs(this.#transport, acts, signal)
  }

  /** The receipt of an act; undefined while there is none, and where the viewer may not see it. */
  async receipt(id: string): Promise<Committed | undefined> {
    return unlessUnknown(this.#transport.getJson<Committed>(`/v1/receipts/${id}`))
  }

  /** The proof file; undefined while the receipt is not provable. Throws {@link Refused} where there is no receipt. */
  proof(id: string): Promise<Uint8Array | undefined> {
    return unless('notYetProvable', this.#transport.getBytes(`/v1/receipts/${id}/proof`))
  }

  /** The proof file as soon as there is one, whoever does not answer meanwhile; throws when `timeoutMs` have passed. */
  async waitProvable(id: string, { signal, timeoutMs = 60_000 }: Until & { readonly timeoutMs?: number } = {}) {
    const { timing } = this.#transport
    for (const endMs = timing.nowMs() + timeoutMs; ; ) {
      const isLast = timing.nowMs() >= endMs
      const proof = await this.proof(id).catch((error: unknown) => {
        if (isLast || !isPassing(error)) throw error
      })
      if (proof !== undefined) return proof
      if (isLast) throw new Error(`${id} is not provable after ${timeoutMs} ms`)
      await timing.sleep(200, signal)
      signal?.throwIfAborted()
    }
  }

  /** Checks a proof file against a genesis file, offline. */
  verify(proof: Uint8Array, genesis: Uint8Array, crypto: CryptoProvider): Verified {
    return verifyReceipt(crypto, readGenesis(crypto.sha256, genesis), proof)
  }

  /**
   * The proof file of a row such as `auction/session/S1`, or of there being none; undefined while it is not provable, since
   * the row has just changed. Throws {@link Refused} `stateSealed` while a session is open.
   */
  proveState(key: string): Promise<Uint8Array | undefined> {
    return unless('rowNotYetProvable', this.#transport.getBytes(`/v1/state-proofs/${key}`))
  }

  /**
   * The ids of the executed acts that expire in a minute, counted from 1970, and the proof file of the row that commits to them;
   * undefined while it is not provable. Throws {@link Refused} `stateSealed` while a session is open.
   */
  seen(minute: number): Promise<{ readonly ids: readonly string[]; readonly proof: Json } | undefined> {
    return unless('rowNotYetProvable', this.#transport.getJson(`/v1/seen/${minute}`))
  }

  /** Checks a proof file about this row against a genesis file, offline. A row without `value` did not exist. */
  verifyState(proof: Uint8Array, key: string, genesis: Uint8Array, crypto: CryptoProvider): VerifiedState {
    const verified = verifyState(crypto, readGenesis(crypto.sha256, genesis), proof)
    if (!verified.ok || verified.key === key) return verified
    return { ok: false, step: 'form', reason: `the file is about ${verified.key}` }
  }

  /** One row, such as `auction/session/S1`. */
  async row(key: string): Promise<Json | undefined> {
    const found = await unlessUnknown(this.#transport.getJson<Row>(`/v1/state/${key}`))
    return found?.value
  }

  /** The rows of a table, such as `auction/session`, that the viewer may see, in ascending order of key. */
  rows(table: string, { prefix, pageSize = 500 }: { readonly prefix?: string; readonly pageSize?: number } = {}) {
    const fixed = { limit: String(pageSize), ...(prefix === undefined ? {} : { prefix }) }
    return pageOf<Row, 'rows'>(this.#transport, `/v1/state/${table}`, 'rows', fixed)
  }

  /** The receipts after an index that exist now. */
  receipts({ after = -1, pageSize = 500 }: { readonly after?: number; readonly pageSize?: number } = {}) {
    const fixed = { limit: String(pageSize), after: String(after) }
    return pageOf<Listed, 'receipts'>(this.#transport, '/v1/receipts', 'receipts', fixed)
  }

  /** A block as the viewer may see it. */
  block(height: number): Promise<Json | undefined> {
    return unlessUnknown(this.#transport.getJson<Json>(`/v1/blocks/${height}`))
  }

  /**
   * Receipts after an index, each once and in order, as they are committed; from the next one on unless told. Of an organisation,
   * an act or a session alone where one is named.
   */
  async *stream({ after, signal, ...wish }: Until & Wish & { readonly after?: number } = {}): AsyncGenerator<Listed> {
    const start = after ?? (await this.status()).receipts - 1
    yield* follow(this.#transport, { after: start, isTold: after === undefined }, wish, signal)
  }

  #sent(bytes: Uint8Array): SentAct {
    return sentAct(bytes, this.#sha256)
  }

  async #ledgerOnce(): Promise<Ledger> {
    this.#ledger ??= this.status()
    try {
      return await this.#ledger
    } catch (error) {
      this.#ledger = undefined
      throw error
    }
  }
}

async function unless<T>(refusal: string, answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof Refused && error.refusal.name === refusal) return undefined
    throw error
  }
}

async function unlessUnknown<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return undefined
    throw error
  }
}
