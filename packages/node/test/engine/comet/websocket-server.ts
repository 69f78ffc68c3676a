import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'

/** A server of websockets that carry short texts, for those who speak to one. */
export class WebsocketServer {
  readonly #server: Server
  readonly #sockets = new Set<Duplex>()
  /** What it says to a text; undefined: nothing. */
  answer: (text: string) => string | undefined = () => undefined
  readonly received: string[] = []
  opened = 0

  private constructor() {
    this.#server = createServer()
    this.#server.on('upgrade', ({ headers }, socket: Duplex) => {
      this.opened += 1
      this.#sockets.add(socket)
      const accept = createHash('sha1').update(`${headers['sec-websocket-key']}${GUID}`).digest('base64')
      const head = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade']
      socket.write(`${head.join('\r\n')}\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`)
      let read = Buffer.alloc(0)
      socket.on('error', () => undefined)
      socket.on('data', (chunk: Buffer) => {
        read = Buffer.concat([read, chunk])
        for (let frame = readFrame(read); frame !== undefined; frame = readFrame(read)) {
          read = read.subarray(frame.bytes)
          if (frame.isText) this.#take(socket, frame.text)
        }
      })
    })
  }

  static async start(): Promise<WebsocketServer> {
    const server = new WebsocketServer()
    server.#server.listen(0, '127.0.0.1')
    await once(server.#server, 'listening')
    return server
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  hangUp(): void {
    for (const socket of this.#sockets) socket.destroy()
    this.#sockets.clear()
  }

  close(): void {
    this.hangUp()
    this.#server.close()
  }

  #take(socket: Duplex, text: string): void {
    this.received.push(text)
    const answer = this.answer(text)
    if (answer === undefined) return
    const bytes = Buffer.from(answer)
    const head = Buffer.from([0x81, 126, bytes.length >> 8, bytes.length & 255])
    socket.write(Buffer.concat([head, bytes]))
  }
}

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

/** The first frame from a client, which masks what it says; undefined when it has not arrived whole. */
function readFrame(bytes: Buffer) {
  if (bytes.length < 2) return undefined
  const short = (bytes[1] as number) & 127
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0
  const start = 2 + lengthBytes + 4
  if (bytes.length < start) return undefined
  const length =
    lengthBytes === 0 ? short : bytes.readUIntBE(2 + Math.max(0, lengthBytes - 6), Math.min(6, lengthBytes))
  if (bytes.length < start + length) return undefined
  const mask = bytes.subarray(start - 4, start)
  const text = bytes.subarray(start, start + length).map((byte, at) => byte ^ (mask[at & 3] as number))
  return { bytes: start + length, isText: ((bytes[0] as number) & 15) === 1, text: Buffer.from(text).toString() }
}
