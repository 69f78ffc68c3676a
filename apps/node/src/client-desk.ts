import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, type Identity, Refused, identityOf } from '@dujiang/client'
import type { Json } from '@dujiang/core/codec'
import { nodeCrypto } from '@dujiang/crypto/node'
import type { Answer, Desk, Errand, Signatory } from '@dujiang/testing/province'
import type { DemoKeys } from './demo-keys.ts'

const LOOK_AGAIN_MS = 10
const PATIENCE_MS = 60_000

/** The province's people do their business over a node's public API. */
export class ClientDesk implements Desk {
  readonly #client: Client
  readonly #keys: DemoKeys
  readonly #identities = new Map<string, Identity>()

  constructor(client: Client, keys: DemoKeys) {
    this.#client = client
    this.#keys = keys
  }

  nowMs(): number {
    return Date.now()
  }

  async waitUntil(timeMs: number): Promise<void> {
    // A timer may fire a little early against the wall clock.
    for (let leftMs = timeMs - Date.now(); leftMs > 0; leftMs = timeMs - Date.now()) await sleep(leftMs)
  }

  async send(errands: readonly Errand[]): Promise<readonly Answer[]> {
    const answers: Answer[] = []
    for (const round of rounds(errands)) {
      const sent = await this.#sendRound(round.map((at) => errands[at] as Errand))
      for (const [i, at] of round.entries()) answers[at] = sent[i] as Answer
    }
    return answers
  }

  row(key: string): Promise<Json | undefined> {
    return this.#client.row(key)
  }

  async rowWhen(key: string, wished: (row: Json | undefined) => boolean): Promise<Json> {
    for (const endMs = Date.now() + PATIENCE_MS; Date.now() < endMs; await sleep(LOOK_AGAIN_MS)) {
      const row = await this.row(key)
      if (row !== undefined && wished(row)) return row
    }
    throw new Error(`${key} is not as wished after ${PATIENCE_MS} ms`)
  }

  async #sendRound(errands: readonly Errand[]): Promise<readonly Answer[]> {
    const acts: Uint8Array[] = []
    for (const { by, act, payload } of errands) {
      const identity = this.#identity(by)
      acts.push(this.#client.sign(identity, await this.#client.build(identity, { act, payload })))
    }
    return (await this.#client.submitMany(acts)).map((answer) => {
      if (answer instanceof Refused) throw answer
      const { receipt, sentence } = answer
      const { id, index, height, refusal } = receipt
      const said = sentence === undefined ? {} : { sentence }
      return { id, index, height, ...(refusal === undefined ? {} : { refusal }), ...said }
    })
  }

  #identity(by: Signatory): Identity {
    const name = `${by.org}/${by.person}`
    let identity = this.#identities.get(name)
    if (identity === undefined) {
      identity = identityOf(nodeCrypto.sha256, by.org, this.#keys.of(by))
      this.#identities.set(name, identity)
    }
    return identity
  }
}

/**
 * Places of errands, so that no organisation has two in a round: the sequences of its acts must rise as they are
 * executed, and acts sent together may reach different blocks in any order.
 */
function rounds(errands: readonly Errand[]): number[][] {
  const found: number[][] = []
  const next = new Map<string, number>()
  for (const [at, { by }] of errands.entries()) {
    const round = next.get(by.org) ?? 0
    next.set(by.org, round + 1)
    const places = found[round]
    if (places === undefined) found.push([at])
    else places.push(at)
  }
  return found
}
