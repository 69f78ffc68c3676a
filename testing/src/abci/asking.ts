import { once } from 'node:events'
import { type Socket, connect } from 'node:net'
import { FrameReader, Request } from '@dujiang/node/abci'

export type Asked = NonNullable<Request['value']>

/** Requests as they go over the wire. */
export function framed(list: readonly Asked[]): Uint8Array {
  return Buffer.concat(
    list.flatMap((value) => {
      const body = Request.encode({ value }).finish()
      return [lengthOf(body), body]
    }),
  )
}

function lengthOf(body: Uint8Array): Uint8Array {
  const length: number[] = []
  let rest = body.length
  for (; rest > 0x7f; rest >>= 7) length.push((rest & 0x7f) | 0x80)
  return Uint8Array.of(...length, rest)
}

/** One connection to an ABCI server: bytes go in, frames come out, still encoded. */
export class Asking {
  readonly #socket: Socket
  readonly #frames = new FrameReader(2 ** 27)

  private constructor(socket: Socket) {
    this.#socket = socket
  }

  static async of(path: string): Promise<Asking> {
    const socket = connect(path)
    await once(socket, 'connect')
    return new Asking(socket)
  }

  /** Sends `bytes`, which hold `count` requests, and gives the answers once all are there. */
  ask(bytes: Uint8Array, count: number): Promise<readonly Uint8Array[]> {
    return new Promise((answered) => {
      const answers: Uint8Array[] = []
      const read = (chunk: Buffer): void => {
        this.#frames.push(chunk)
        for (let frame = this.#frames.next(); frame !== undefined; frame = this.#frames.next()) answers.push(frame)
        if (answers.length < count) return
        this.#socket.off('data', read)
        answered(answers)
      }
      this.#socket.on('data', read)
      this.#socket.write(bytes)
    })
  }

  /** Resolves once the server has seen it: a connection that comes before then would be taken for one of the same process. */
  async close(): Promise<void> {
    this.#socket.end()
    // Else what it says before it ends is never read, and the end neither.
    this.#socket.resume()
    await once(this.#socket, 'close')
  }
}
