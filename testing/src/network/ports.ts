import { type AddressInfo, type Server, createServer } from 'node:net'

/** Ports of loopback that nobody listens on. All are held open until the last is known, so that no two are one. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, opened))
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => new Promise((closed) => void server.close(closed))))
  return ports
}

function opened(): Promise<Server> {
  return new Promise((listening, failed) => {
    const server = createServer()
    server.once('error', failed)
    server.listen(0, '127.0.0.1', () => listening(server))
  })
}
