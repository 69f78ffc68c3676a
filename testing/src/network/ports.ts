import { randomInt } from 'node:crypto'
import { type Server, createServer } from 'node:net'

// Below the ports that a system gives to outgoing connections: a node that was down must find its own port free again, and a
// peer that calls it meanwhile must not be given that very port for its own end of the call.
const FIRST = 10_000
const BLOCKS = 160
const BLOCK_PORTS = 100

/** What this process has left of its blocks. */
let left: number[] = []

/** Ports of loopback that nobody listens on, and that no other process gets from here while this one lives. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const ports: number[] = []
  while (ports.length < count) {
    const port = left.shift()
    if (port === undefined) left = await reserveBlock()
    else if (await isFree(port)) ports.push(port)
  }
  return ports
}

/** The first of so many such ports, one after the other. */
export async function freeBlock(count: number): Promise<number> {
  for (;;) {
    const ports = await freePorts(count)
    const [first = 0] = ports
    if (ports.every((port, at) => port === first + at)) return first
  }
}

/** A block is this process's own while it listens on the first port of it. */
async function reserveBlock(): Promise<number[]> {
  const start = randomInt(BLOCKS)
  for (let step = 0; step < BLOCKS; step++) {
    const first = FIRST + ((start + step) % BLOCKS) * BLOCK_PORTS
    const server = await listening(first)
    if (server === undefined) continue
    server.unref()
    return Array.from({ length: BLOCK_PORTS - 1 }, (_, at) => first + 1 + at)
  }
  throw new Error('no block of ports is free')
}

async function isFree(port: number): Promise<boolean> {
  const server = await listening(port)
  if (server === undefined) return false
  await new Promise((closed) => void server.close(closed))
  return true
}

function listening(port: number): Promise<Server | undefined> {
  return new Promise((done) => {
    const server = createServer()
    server.once('error', () => done(undefined))
    server.listen(port, '127.0.0.1', () => done(server))
  })
}
