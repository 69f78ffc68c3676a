import { type Server, connect, createServer } from 'node:net'

interface Address {
  readonly host: string
  readonly port: number
}

/** Passes what comes to one address on to another, until it is closed. */
export function forward(from: Address, to: Address): Promise<{ close(): void }> {
  const sockets = new Set<{ destroy(): void }>()
  const server: Server = createServer((near) => {
    const far = connect(to.port, to.host)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
      socket.pipe(other)
    }
  })
  const close = (): void => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  return new Promise((listening, failed) => {
    server.once('error', failed)
    server.listen(from.port, from.host, () => listening({ close }))
  })
}
