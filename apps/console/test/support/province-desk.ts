import { type Client, type Identity, Refused, type Timing, realTiming } from '@dujiang/client'
import type { Json } from '@dujiang/core/codec'
import type { Answer, Desk, Errand, Signatory } from '@dujiang/testing/province'
import { setTimeout as sleep } from 'node:timers/promises'

/** The province's people at the API of a node, while others sit at browsers. */
export class ProvinceDesk implements Desk {
  readonly #client: Client
  readonly #identity: (by: Signatory) => Identity
  readonly #time: Pick<Timing, 'nowMs'>

  constructor(client: Client, identity: (by: Signatory) => Identity, time: Pick<Timing, 'nowMs'> = realTiming) {
    this.#client = client
    this.#identity = identity
    this.#time = time
  }

  nowMs(): number {
    return this.#time.nowMs()
  }

  async waitUntil(timeMs: number): Promise<void> {
    for (let leftMs = timeMs - this.nowMs(); leftMs > 0; leftMs = timeMs - this.nowMs()) await sleep(leftMs)
  }

  /** Of an organisation one after another, since its sequences must rise as they are executed; different ones at once. */
  async send(errands: readonly Errand[]): Promise<readonly Answer[]> {
    const answers: Answer[] = []
    const byOrg = Map.groupBy(errands.keys(), (at) => (errands[at] as Errand).by.org)
    const sendEach = async (places: readonly number[]): Promise<void> => {
      for (const at of places) answers[at] = await this.#one(errands[at] as Errand)
    }
    await Promise.all([...byOrg.values()].map(sendEach))
    return answers
  }

  row(key: string): Promise<Json | undefined> {
    return this.#client.row(key)
  }

  async rowWhen(key: string, wished: (row: Json | undefined) => boolean): Promise<Json> {
    // What comes between the first look and the stream is in the stream.
    const { receipts } = await this.#client.status()
    const first = await this.row(key)
    if (first !== undefined && wished(first)) return first
    // Whatever happens is a receipt: the row is looked at again after each.
    for await (const _ of this.#client.stream({ after: receipts - 1 })) {
      const row = await this.row(key)
      if (row !== undefined && wished(row)) return row
    }
    throw new Error(`the stream has ended before ${key} was as wished`)
  }

  async #one({ by, act, payload }: Errand): Promise<Answer> {
    const identity = this.#identity(by)
    const bytes = this.#client.sign(identity, await this.#client.build(identity, { act, payload }))
    const sent = await this.#client.submit(bytes)
    if (sent instanceof Refused) throw sent
    const { id, index, height, refusal } = sent.receipt
    return {
      id,
      index,
      height,
      ...(refusal === undefined ? {} : { refusal }),
      ...(sent.sentence === undefined ? {} : { sentence: sent.sentence }),
    }
  }
}
