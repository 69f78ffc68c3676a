import type { Body } from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'
import { type Hash, type Signer, keyId, toHex } from '@dujiang/core/crypto'

/** Who acts or looks: an organisation, by one of its keys. */
export interface Identity {
  readonly org: string
  /** The key's id. */
  readonly key: string
  readonly signer: Signer
}

export function identityOf(sha256: Hash, org: string, signer: Signer): Identity {
  return { org, key: keyId(sha256, signer.scheme, signer.publicKey), signer }
}

/**
 * Numbers that rise: above the last one, and above the clock in microseconds, so that a client which starts anew needs
 * to remember nothing. They stay below 2^53 until the year 2255. Two programs that act for one unit at the same time
 * each have their own; of two acts that cross, the one with the lower number is refused and may be sent again anew.
 */
export class Sequences {
  readonly #nowMs: () => number
  #last = 0

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  next(): number {
    this.#last = Math.max(this.#last + 1, this.#nowMs() * 1_000)
    return this.#last
  }
}

/** What an act says for itself. */
export interface Wanted {
  readonly act: string
  readonly version?: number
  readonly payload: Json
  /** The client's own reference, 64 characters at most. */
  readonly ref?: string
  readonly sequence?: number
  /** How long it may wait for a block; ten minutes unless told, seven days at most. */
  readonly lifetimeMs?: number
}

export const LIFETIME_MS = 600_000

/**
 * The body of an act, ready to be signed. Without a reference of its own it gets a random one: an id is made of the body,
 * and what cannot be guessed cannot be recognised by its id.
 */
export function buildBody(
  ledger: { readonly chain: string; readonly domain: string },
  { org, key }: Identity,
  wanted: Wanted,
  moment: { readonly nowMs: number; readonly sequence: number },
): Body {
  return {
    act: wanted.act,
    chain: ledger.chain,
    domain: ledger.domain,
    expires: moment.nowMs + (wanted.lifetimeMs ?? LIFETIME_MS),
    key,
    org,
    payload: wanted.payload,
    ref: wanted.ref ?? toHex(crypto.getRandomValues(new Uint8Array(16))),
    sequence: wanted.sequence ?? moment.sequence,
    v: wanted.version ?? 1,
  }
}
