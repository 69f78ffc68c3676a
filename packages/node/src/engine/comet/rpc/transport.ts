import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http'
import { RpcFault } from './fault.ts'

/** No answer of ours is longer: a block of 4 MiB in base64, with its commit. */
const ANSWER_BYTES_MAX = 32 * 1024 * 1024
/** The engine serves each connection one request after another, so many connections are what makes it fast. */
const CONNECTIONS_MAX = 64

/** POSTs bodies to one loopback address over connections that stay open. */
export class Transport {
  readonly #url: URL
  readonly #timeoutMs: number
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS_MAX, scheduling: 'lifo' })

  /** Throws unless `url` is `http:` on a loopback address: the engine's RPC has no authorisation and must not be elsewhere. */
  constructor(url: string, timeoutMs: number) {
    this.#url = new URL(url)
    if (this.#url.protocol !== 'http:' || !isLoopbackHost(this.#url.hostname)) {
      throw new Error(`the engine's RPC is asked on a loopback address only, not on ${url}`)
    }
    this.#timeoutMs = timeoutMs
  }

  get url(): string {
    return this.#url.href
  }

  /** The body of the answer, whatever its status: the engine puts its errors into the body. */
  async post(body: string): Promise<string> {
    try {
      return await this.#postOnce(body)
    } catch (error) {
      // The engine closes a connection idle for ten seconds; a request that meets the closing has reached nobody.
      if (error instanceof StaleConnection) return await this.#postOnce(body).catch(asFault)
      return asFault(error)
    }
  }

  /** Closes the connections; requests under way are answered with a fault. */
  close(): void {
    this.#agent.destroy()
  }

  #postOnce(body: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(this.#timeoutMs)
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
      const asked = request(this.#url, { method: 'POST', agent: this.#agent, headers, signal })
      asked.on('error', (error) => reject(isStale(asked, error) ? new StaleConnection() : error))
      asked.on('response', (answer) => readBody(answer).then(resolve, reject))
      asked.end(body)
    })
  }
}

export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
}

class StaleConnection extends Error {
  override message = 'the engine closed the connection'
}

function isStale(asked: ClientRequest, error: NodeJS.ErrnoException): boolean {
  return asked.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
}

async function readBody(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    length += chunk.length
    if (length > ANSWER_BYTES_MAX) throw new Error('the answer is too long')
  }
  return Buffer.concat(chunks, length).toString('utf8')
}

function asFault(error: unknown): never {
  throw new RpcFault('noAnswer', `no answer from the engine: ${(error as Error).message}`, error)
}
