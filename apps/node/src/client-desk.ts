import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, type Committed, type Identity, Refused, identityOf } from '@dujiang/client'
import type { Json } from '@dujiang/core/codec'
import { nodeCrypto } from '@dujiang/crypto/node'
import type { Answer, Desk, Errand, Signatory } from '@dujiang/testing/province'
import type { DemoKeys } from './demo-keys.ts'

const LOOK_AGAIN_MS = 10
const PATIENCE_MS = 60_000

/** The province's people do their business over the public API, each organisation with its own client. */
export class ClientDesk implements Desk {
  readonly #reader: Client
  readonly #clientOf: (org: string) => Client
  readonly #keys: Pick<DemoKeys, 'of'>
  readonly #identities = new Map<string, Identity>()

  /** @param reader asks for rows of the state */
  constructor(reader: Client, keys: Pick<DemoKeys, 'of'>, clientOf: (org: string) => Client = () => reader) {
    this.#reader = reader
    this.#clientOf = clientOf
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
      const sent = await this.sendAtOnce(round.map((at) => errands[at] as Errand))
      for (const [i, at] of round.entries()) answers[at] = sent[i] as Answer
    }
    return answers
  }

  row(key: string): Promise<Json | undefined> {
    return this.#reader.row(key)
  }

  async rowWhen(key: string, wished: (row: Json | undefined) => boolean): Promise<Json> {
    for (const endMs = Date.now() + PATIENCE_MS; Date.now() < endMs; await sleep(LOOK_AGAIN_MS)) {
      const row = await this.row(key)
      if (row !== undefined && wished(row)) return row
    }
    throw new Error(`${key} is not as wished after ${PATIENCE_MS} ms`)
  }

  /** Signs and sends all of them without waiting in between. */
  protected async sendAtOnce(errands: readonly Errand[]): Promise<readonly Answer[]> {
    const batches = new Map<Client, number[]>()
    const acts: Uint8Array[] = []
    for (const [at, { by, act, payload }] of errands.entries()) {
      const client = this.#clientOf(by.org)
      const identity = this.#identity(by)
      acts.push(client.sign(identity, await client.build(identity, { act, payload })))
      batches.set(client, [...(batches.get(client) ?? []), at])
    }
    const answers: Answer[] = []
    const send = async ([client, places]: readonly [Client, readonly number[]]): Promise<void> => {
      const sent = await client.submitMany(places.map((at) => acts[at] as Uint8Array))
      for (const [i, at] of places.entries()) answers[at] = answerOf(sent[i] as Committed | Refused)
    }
    await Promise.all([...batches].map(send))
    return answers
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

function answerOf(sent: Committed | Refused): Answer {
  if (sent instanceof Refused) throw sent
  const { receipt, sentence } = sent
  const { id, index, height, refusal } = receipt
  const said = sentence === undefined ? {} : { sentence }
  return { id, index, height, ...(refusal === undefined ? {} : { refusal }), ...said }
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
