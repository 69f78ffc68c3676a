import { isInadmissible, readEnvelope } from '@dujiang/chain'
import type { Client, Identity } from '@dujiang/client'
import { nodeCrypto } from '@dujiang/crypto/node'
import { type Acknowledged, type AcknowledgedFile } from '../kill/acknowledged.ts'
import { receiptHash } from '../kill/chain.ts'
import { actors } from './applications.ts'

/** One act in so many is content with a promise. */
const PROMISED_EVERY = 4

/**
 * Actors of a trivial ledger, each of whom sends one act after the other through its own client for as long as it is asked
 * to. What they are told is on the disk before they go on.
 */
export class Load {
  /** Ids of all acts that were ever signed here. */
  readonly sent = new Set<string>()
  readonly file: AcknowledgedFile
  readonly #clients: readonly Client[]
  #running: Promise<unknown> | undefined
  readonly #promises: boolean
  #ended = false
  readonly #abort = new AbortController()

  /**
   * @param clients each is one actor's, in the order of `actors`
   * @param promises are some content with a promise?
   */
  constructor(file: AcknowledgedFile, clients: readonly Client[], promises: boolean) {
    this.#promises = promises
    this.file = file
    this.#clients = clients
  }

  /** Resolves when it has begun: each client has asked once what ledger it is, for which it would not wait long. */
  async start(): Promise<void> {
    await Promise.all(
      this.#clients.map((client, at) => client.build(identityOf(at), { act: 'tally.mix', payload: {} })),
    )
    this.#running = Promise.all(this.#clients.map((client, at) => this.#send(client, at)))
    this.#running.catch(() => undefined)
  }

  /** Resolves when so many more answers have come; rejects when the sending has failed. */
  async more(answers: number): Promise<void> {
    await Promise.race([this.file.reached(this.file.count + answers), this.#running])
  }

  /** Lets everybody finish the act under way. */
  async stop(): Promise<void> {
    this.#ended = true
    await this.#running
    await this.file.close()
  }

  /** Ends at once, whatever is under way: for when a test has failed. */
  async abandon(): Promise<void> {
    this.#abort.abort(new Error('abandoned'))
    await this.stop().catch(() => undefined)
  }

  async #send(client: Client, at: number): Promise<void> {
    const identity = identityOf(at)
    for (let made = 1; !this.#ended; made++) {
      const payload = { tally: `T${made % 3}`, amount: made }
      const bytes = client.sign(identity, await client.build(identity, { act: 'tally.mix', payload }))
      const id = idOf(bytes)
      this.sent.add(id)
      const told = await this.#answerTo(client, bytes, this.#promises && made % PROMISED_EVERY === 0)
      if (told.id !== id) throw new Error(`asked about ${id}, told about ${told.id}`)
      await this.file.add(told)
    }
  }

  async #answerTo(client: Client, bytes: Uint8Array, promised: boolean): Promise<Acknowledged> {
    const { signal } = this.#abort
    const answer = await (promised ? client.submitAccepted(bytes, { signal }) : client.submit(bytes, { signal }))
    if ('intake' in answer) {
      const { id, height, withinSeconds } = answer.intake
      return { kind: 'promised', id, height, withinSeconds }
    }
    const { id, height, index } = answer.receipt
    return { kind: 'committed', id, height, index, receipt: receiptHash(answer.receipt) }
  }
}

function identityOf(at: number): Identity {
  const actor = actors[at]
  if (actor === undefined) throw new Error(`there is no actor ${at}`)
  return { org: actor.org, key: actor.keyId, signer: actor.signer }
}

function idOf(bytes: Uint8Array): string {
  const envelope = readEnvelope(nodeCrypto.sha256, bytes)
  if (isInadmissible(envelope)) throw new Error(envelope.name)
  return envelope.id
}
