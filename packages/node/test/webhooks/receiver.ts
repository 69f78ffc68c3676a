import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What was posted. */
export interface Posted {
  readonly headers: { readonly [name: string]: string }
  readonly body: Buffer
  readonly json: any
}

/** A system that is sent deliveries, on loopback. */
export class Receiver {
  readonly got: Posted[] = []
  /** What it answers next; 200 when there is nothing. */
  readonly answers: (number | 'nothing')[] = []
  readonly #server: Server
  #told: () => void = () => {}

  private constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const body = Buffer.concat(chunks)
        this.got.push({ headers: request.headers as Posted['headers'], body, json: JSON.parse(body.toString()) })
        const answer = this.answers.shift() ?? 200
        if (answer !== 'nothing') response.writeHead(answer, { location: `${this.url}/elsewhere` }).end('ok')
        this.#told()
      })
    })
  }

  static async open(): Promise<Receiver> {
    const receiver = new Receiver()
    await new Promise<void>((listening) => receiver.#server.listen(0, '127.0.0.1', listening))
    return receiver
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Resolves once it has been posted to so often. */
  async until(count: number): Promise<void> {
    while (this.got.length < count) await new Promise<void>((told) => (this.#told = told))
  }

  /** The indices of what it took, in the order in which it came. */
  indices(): number[] {
    return this.got.flatMap(({ json }) => json.receipts.map((each: any) => each.receipt?.index ?? each.index))
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((closed) => this.#server.close(closed))
  }
}
