import { Agent, request } from 'node:http'

/** One connection that sends a request, waits for its receipts, and sends the next. */
export class Lane {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  readonly #url: string

  constructor(url: string) {
    this.#url = url
  }

  /** Sends acts, one or many, and resolves when every receipt has arrived; rejects unless all were accepted. */
  async send(acts: readonly Uint8Array[]): Promise<void> {
    const answer = acts.length === 1 ? await this.#one(acts[0] as Uint8Array) : await this.#many(acts)
    const accepted = answer.split('"code":0,').length - 1
    if (accepted !== acts.length) throw new Error(`${accepted} of ${acts.length} accepted: ${answer.slice(0, 2_000)}`)
  }

  close(): void {
    this.#agent.destroy()
  }

  #one(act: Uint8Array): Promise<string> {
    return this.#post('/v1/acts', 'application/json', act)
  }

  #many(acts: readonly Uint8Array[]): Promise<string> {
    const lines = acts.flatMap((act) => [act, LINE_FEED])
    return this.#post('/v1/acts/bulk', 'application/x-ndjson', Buffer.concat(lines))
  }

  #post(path: string, type: string, body: Uint8Array): Promise<string> {
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': type, 'content-length': body.length }
      const asked = request(this.#url + path, { method: 'POST', agent: this.#agent, headers }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => resolve(Buffer.concat(chunks).toString()))
      })
      asked.on('error', reject)
      asked.end(body)
    })
  }
}

const LINE_FEED = Uint8Array.of(10)
