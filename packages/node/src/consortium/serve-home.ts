import type { Application } from '@dujiang/chain'
import { nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import { selfTest } from '@dujiang/crypto/selftest'
import { type Doors, serveApi } from '../api/index.ts'
import { NodeMetrics, serveMetrics } from '../metrics/index.ts'
import { onSupervisorGone, openHomeNode } from '../network/index.ts'
import { realClock } from '../seams/index.ts'
import { readDoor, readTls } from './member-home.ts'

/**
 * The ledger's half of a pair, as a process of its own: opens the ledger of a home, serves its HTTP interface, and ends in
 * order when it is asked to or its supervisor is gone. Rule CARD-6.
 */
export async function serveHome(home: string, app: Application, doors: Doors): Promise<void> {
  // From the first moment on: a process that is not yet open must not outlive its supervisor either.
  const asked = endAsked()
  selfTest(nodeCrypto, signerFromSecret)
  const { host, port, tls, metrics: ports } = await readDoor(home)
  const speaks = tls ? { tls: await readTls(home) } : {}
  const metrics = new NodeMetrics()
  const numbers = await serveMetrics(metrics.registry, ports.ledger)
  try {
    const node = await openHomeNode(home, app, { metrics })
    metrics.watch(node, realClock)
    try {
      const log = { level: 'warn', stream: process.stderr } as const
      const api = await serveApi({ node, doors, crypto: nodeCrypto, host, port, log, metrics, ...speaks })
      process.stdout.write(`${JSON.stringify({ url: api.url })}\n`)
      await asked
      await api.close()
    } finally {
      await node.close()
    }
  } finally {
    await numbers.close()
    // Listening for the end of the supervisor would keep this process there.
    process.stdin.destroy()
  }
}

function endAsked(): Promise<void> {
  return new Promise((done) => {
    process.once('SIGTERM', () => done())
    onSupervisorGone(done)
  })
}
