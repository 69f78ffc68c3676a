import { type Server, type Socket, createServer } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'

/** What the thread is given when it starts. */
export interface SocketThreadData {
  /** Set to 1 and notified once the socket file has been made, or could not be. */
  readonly bound: Int32Array
  /** Bytes of one connection that may be read before anybody has looked at them. */
  readonly aheadBytesMax: number
}

/** A connection is called by a number, counted from 1. */
export type ToSocketThread =
  | { readonly do: 'listen'; readonly path: string }
  | { readonly do: 'write'; readonly line: number; readonly bytes: Uint8Array }
  /** So many bytes of what was read have been looked at. */
  | { readonly do: 'taken'; readonly line: number; readonly bytes: number }
  | { readonly do: 'drop'; readonly line: number }
  | { readonly do: 'close' }

export type FromSocketThread =
  | { readonly is: 'ready' | 'listening' | 'closed' }
  | { readonly is: 'failed'; readonly cause: Error }
  | { readonly is: 'line'; readonly line: number }
  | { readonly is: 'full' | 'drained'; readonly line: number }
  | { readonly is: 'bytes'; readonly line: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly is: 'over'; readonly line: number; readonly fault: Error | undefined }

// The thread of line.ts: it does nothing but read and write, so that the engine is never kept waiting by a block that is
// being executed. While a write of its own waits, CometBFT's flush timer, set to 20 ns, spins: ABCI-12.
if (parentPort === null) throw new Error('socket-thread.ts runs as a worker thread only')
const port = parentPort
const { bound, aheadBytesMax } = workerData as SocketThreadData

interface Line {
  readonly socket: Socket
  aheadBytes: number
  isFull: boolean
}

const lines = new Map<number, Line>()
let count = 0
const server: Server = createServer((socket) => welcome(socket))
server.on('error', (cause) => tell({ is: 'failed', cause }))

port.on('message', (order: ToSocketThread) => {
  if (order.do === 'listen') return listen(order.path)
  if (order.do === 'close') return close()
  const line = lines.get(order.line)
  if (line === undefined) return
  if (order.do === 'drop') line.socket.destroy()
  else if (order.do === 'write') write(order.line, line, order.bytes)
  else {
    line.aheadBytes -= order.bytes
    readOrWait(line)
  }
})
tell({ is: 'ready' })

function listen(path: string): void {
  // The file is made within this call.
  server.listen(path, () => tell({ is: 'listening' }))
  Atomics.store(bound, 0, 1)
  Atomics.notify(bound, 0)
}

function close(): void {
  server.close(() => {
    tell({ is: 'closed' })
    port.close()
  })
  for (const { socket } of lines.values()) socket.destroy()
}

function welcome(socket: Socket): void {
  const number = ++count
  const line: Line = { socket, aheadBytes: 0, isFull: false }
  let fault: Error | undefined
  lines.set(number, line)
  tell({ is: 'line', line: number })
  socket.on('data', (chunk: Buffer<ArrayBuffer>) => {
    line.aheadBytes += chunk.length
    // Not a Buffer: those who keep bytes of it may rely on `slice` to copy.
    const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    tell({ is: 'bytes', line: number, bytes }, [chunk.buffer])
    readOrWait(line)
  })
  socket.on('drain', () => {
    line.isFull = false
    tell({ is: 'drained', line: number })
    readOrWait(line)
  })
  socket.on('error', (cause) => {
    fault = cause
  })
  socket.on('close', () => {
    lines.delete(number)
    tell({ is: 'over', line: number, fault })
  })
}

function write(number: number, line: Line, bytes: Uint8Array): void {
  if (line.socket.write(bytes)) return
  line.isFull = true
  tell({ is: 'full', line: number })
  readOrWait(line)
}

/** Nothing more is asked of who does not take the answers. */
function readOrWait({ socket, aheadBytes, isFull }: Line): void {
  if (isFull || aheadBytes >= aheadBytesMax) socket.pause()
  else socket.resume()
}

function tell(message: FromSocketThread, transfer: ArrayBuffer[] = []): void {
  port.postMessage(message, transfer)
}
