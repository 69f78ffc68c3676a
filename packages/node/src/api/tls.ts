import type { RequestListener, Server, ServerOptions } from 'node:http'
import { createServer } from 'node:https'

/** What a door that speaks TLS shows and demands, each as PEM. */
export interface ApiTls {
  readonly cert: string
  readonly key: string
  /** Certificates of those who may vouch for a client; without one of theirs nobody is let in. */
  readonly clients: string
}

/** Makes the server behind the API. Rule API-21. */
export function tlsServer({ cert, key, clients }: ApiTls, http: ServerOptions): (handler: RequestListener) => Server {
  return (handler) => {
    const tls = { cert, key, ca: clients, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.3' } as const
    // For HTTP it is the same server; only its sockets are others.
    return createServer({ ...http, ...tls }, handler) as unknown as Server
  }
}
