import { Client, type KnownNode } from '@dujiang/client'
import { nobleCrypto } from '@dujiang/crypto/noble'
import { watchedFetch } from './reach.ts'

let nodes: readonly string[] = [window.location.origin]
const own = carrierTo(nodes)
let carrier = own

/** Takes signed acts to the node of this page, and to the others that it has named where it gives no answer: always the same bytes. */
export const carrierNow = (): Client => carrier

/** Asks the node of this page alone. */
export const ownNode = (): Client => own

/** Acts may go to these from now on. */
export function carryTo(named: readonly KnownNode[]): void {
  const next = [...new Set([window.location.origin, ...named.filter(({ here }) => !here).map(({ api }) => api)])]
  if (next.join() === nodes.join()) return
  nodes = next
  carrier = carrierTo(nodes)
}

function carrierTo(to: readonly string[]): Client {
  return new Client({ nodes: to, sha256: nobleCrypto.sha256, fetch: watchedFetch })
}
