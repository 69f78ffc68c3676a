import { signBody } from '@dujiang/chain'
import type { Client, Identity } from '@dujiang/client'
import type { Json } from '@dujiang/core/codec'
import { parseInstant } from '@dujiang/core/time'
import { EXIT_REFUSED, Failure } from '../failure.ts'
import { connect, explainedBy, identityFrom } from '../online/connection.ts'
import { sendSigned } from '../online/send-signed.ts'

export interface DeskFlags {
  readonly key: string
  readonly node?: readonly string[]
  readonly tls?: string
}

/** Somebody with a key at a node: reads rows as its organisation may, and signs acts. */
export class Desk {
  readonly identity: Identity
  readonly #client: Client

  private constructor(client: Client, identity: Identity) {
    this.#client = client
    this.identity = identity
  }

  static async open({ key, node, tls }: DeskFlags): Promise<Desk> {
    const client = await connect({ key, ...(node && { node }), ...(tls && { tls }) })
    return new Desk(client, await identityFrom(key))
  }

  async row<Row>(key: string): Promise<Row | undefined> {
    return (await this.#client.row(key).catch(explainedBy)) as Row | undefined
  }

  /** The row, or the end of the command where there is none. */
  async rowThere<Row>(key: string): Promise<Row> {
    const row = await this.row<Row>(key)
    if (row !== undefined) return row
    throw new Failure(`账本里没有 ${key}，或无权查看`, `the ledger has no ${key}, or you may not see it`, EXIT_REFUSED)
  }

  /** When the next block can be, as far as this machine knows. */
  async nextBlockMs(): Promise<number> {
    const { timeMs } = await this.#client.status().catch(explainedBy)
    return Math.max(timeMs + 1, Date.now())
  }

  /** Signs and submits an act, prints what the ledger decides; 0 when it was accepted. */
  async send(act: string, payload: object): Promise<number> {
    const wanted = { act, payload: payload as Json }
    const body = await this.#client.build(this.identity, wanted).catch(explainedBy)
    return sendSigned(this.#client, signBody(this.identity.signer, body), 'committed')
  }
}

/** UTC milliseconds of a time that says its zone. */
export function instantOf(text: string): number {
  const parsed = parseInstant(text)
  if (parsed.ok) return parsed.value
  throw new Failure(
    `${text} 不是时间；写成 2026-12-24T09:30:00+08:00`,
    `${text} is no time: write 2026-12-24T09:30:00+08:00`,
  )
}
