import type { RequestListener, Server, ServerOptions } from 'node:http'
import { type Server as TlsServer, createServer } from 'node:https'

/** What a door that speaks TLS shows and demands, each as PEM. */
export interface ApiTls {
  readonly cert: string
  readonly key: string
  /** Certificates of those who may vouch for a client; without one of theirs nobody is let in. */
  readonly clients: string
}

/** Makes the server behind the API. Rule API-21. */
export function tlsServer(tls: ApiTls, http: ServerOptions): (handler: RequestListener) => Server {
  return (handler) => {
    const demands = { requestCert: true, rejectUnauthorized: true } as const
    // For HTTP it is the same server; only its sockets are others.
    return createServer({ ...http, ...contextOf(tls), ...demands }, handler) as unknown as Server
  }
}

/** Has such a server show and demand these from the next connection on. Throws when they do not fit together. Rule API-26. */
export function renewTls(server: Server, tls: ApiTls): void {
  const tlsServer = server as unknown as TlsServer
  tlsServer.setSecureContext(contextOf(tls))
}

const contextOf = ({ cert, key, clients }: ApiTls) => ({ cert, key, ca: clients, minVersion: 'TLSv1.3' }) as const
