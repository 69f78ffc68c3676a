import type { Server } from 'node:http'
import { Shares } from './shares.ts'

/** Lets one address have no more than so many connections: further ones are closed before anything is read. Rule API-17. */
export function shareConnections(server: Server, perAddressMax: number): void {
  const shares = new Shares(perAddressMax)
  server.on('connection', (socket) => {
    const giveBack = shares.take(socket.remoteAddress ?? '')
    if (giveBack === undefined) socket.destroy()
    else socket.once('close', giveBack)
  })
}
