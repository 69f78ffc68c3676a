import { type Envelope, type Signed, isInadmissible, readEnvelope } from '@dujiang/chain'
import type { Hash } from '@dujiang/core/crypto'
import type { LedgerNode } from '../service/ledger-node.ts'

/** An act as it stands in a block, of which one may ask who may see it. */
export interface BlockAct {
  readonly name: string
  readonly version: number
  readonly signed: Omit<Signed, 'person'>
}

/** Blocks can be large, and few are read at a time. */
const BLOCKS_MAX = 8

/**
 * The acts of recent blocks, read back from what the ledger keeps: a receipt says which act it is of, not what the act
 * says, and that is what its readers depend on. Blocks never change, so a few are remembered.
 */
export class BlockActs {
  readonly #node: Pick<LedgerNode, 'txs'>
  readonly #sha256: Hash
  readonly #blocks = new Map<number, Promise<readonly (() => BlockAct | undefined)[]>>()

  constructor(node: Pick<LedgerNode, 'txs'>, sha256: Hash) {
    this.#node = node
    this.#sha256 = sha256
  }

  /** The act at this place; undefined where the bytes are none. */
  async at(height: number, position: number): Promise<BlockAct | undefined> {
    const block = this.#blocks.get(height) ?? this.#read(height)
    return (await block)[position]?.()
  }

  #read(height: number): Promise<readonly (() => BlockAct | undefined)[]> {
    const acts = this.#node.txs(height).then((txs) => (txs ?? []).map((tx) => once(() => this.#act(tx))))
    acts.catch(() => this.#blocks.delete(height))
    this.#blocks.set(height, acts)
    const [oldest] = this.#blocks.keys()
    if (this.#blocks.size > BLOCKS_MAX && oldest !== undefined) this.#blocks.delete(oldest)
    return acts
  }

  #act(tx: Uint8Array): BlockAct | undefined {
    const envelope = readEnvelope(this.#sha256, tx)
    return isInadmissible(envelope) ? undefined : actOf(envelope)
  }
}

/** What an envelope asks for, as its readers are judged. */
export function actOf({ id, body }: Envelope): BlockAct {
  const { act, v, org, key, sequence, payload } = body
  return { name: act, version: v, signed: { id, org, key, sequence, payload } }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
