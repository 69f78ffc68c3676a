import { setTimeout as sleep } from 'node:timers/promises'
import { SEQUENCE_NOT_HIGHER } from '@dujiang/chain'
import { Client } from '@dujiang/client'
import { nodeCrypto } from '@dujiang/crypto/node'
import { type Answer, type Errand, nodeOf } from '@dujiang/testing/province'
import { ClientDesk } from '../client-desk.ts'
import type { DemoKeys } from '../demo-keys.ts'
import type { SampleNode } from './found.ts'

const LOOK_AGAIN_MS = 50

/** A client for each node, which turns to the others when its own does not answer. */
export function clientsOf(nodes: readonly SampleNode[]): (org: string) => Client {
  const clients = new Map(
    nodes.map(({ org, url }) => {
      const others = nodes.filter((each) => each.org !== org)
      const all = [url, ...others.map((each) => each.url)]
      return [org, new Client({ nodes: all, sha256: nodeCrypto.sha256 })] as const
    }),
  )
  return (org) => clients.get(nodeOf(org)) as Client
}

/**
 * The province's people at the nodes of their own organisations. A block of a network takes a while, so an organisation's
 * acts are sent together and not one after the other; those that crossed on their way are sent again, anew.
 */
export class NetworkDesk extends ClientDesk {
  readonly #reader: Client
  #rounds = 0
  #tookMs = 0

  constructor(clientOf: (org: string) => Client, keys: Pick<DemoKeys, 'of'>) {
    const reader = clientOf('SCPX')
    super(reader, keys, clientOf)
    this.#reader = reader
  }

  /** From the signing of a round of acts to its receipts, on the average so far; 0 before the first. */
  get roundMs(): number {
    return this.#rounds === 0 ? 0 : this.#tookMs / this.#rounds
  }

  /** Until the ledger's clock says so too, which is a block behind. */
  override async waitUntil(timeMs: number): Promise<void> {
    await super.waitUntil(timeMs)
    while ((await this.#reader.status()).timeMs < timeMs) await sleep(LOOK_AGAIN_MS)
  }

  override async send(errands: readonly Errand[]): Promise<readonly Answer[]> {
    const answers: Answer[] = []
    let open = errands.map((_, at) => at)
    while (open.length > 0) {
      const sent = await this.sendAtOnce(open.map((at) => errands[at] as Errand))
      for (const [i, at] of open.entries()) answers[at] = sent[i] as Answer
      open = open.filter((at) => answers[at]?.refusal?.name === SEQUENCE_NOT_HIGHER.name)
    }
    return answers
  }

  protected override async sendAtOnce(errands: readonly Errand[]): Promise<readonly Answer[]> {
    const beganMs = performance.now()
    const answers = await super.sendAtOnce(errands)
    this.#rounds += 1
    this.#tookMs += performance.now() - beganMs
    return answers
  }
}
