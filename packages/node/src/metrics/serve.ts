import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Registry } from 'prom-client'

export interface MetricsDoor {
  /** Where Prometheus finds them. */
  readonly url: string
  close(): Promise<void>
}

/**
 * Serves `GET /metrics` on a port of its own, on loopback: the numbers say how busy each organisation is, and the door of
 * the API may be open to others. 0 for any free port. It does not keep a process that has nothing else to do. Rule MET-1.
 */
export async function serveMetrics(registry: Registry, port: number): Promise<MetricsDoor> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end()
    registry.metrics().then(
      (text) => void response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      (cause: Error) => void response.writeHead(500).end(`${cause.message}\n`),
    )
  })
  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', listening)
  })
  server.unref()
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}
