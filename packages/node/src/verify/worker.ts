import { parentPort } from 'node:worker_threads'
import { nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import { selfTest } from '@dujiang/crypto/selftest'
import { unpackChecks } from './packing.ts'

// The thread of the pool in pool.ts: batches in, one byte a verdict out, in order.
if (parentPort === null) throw new Error('worker.ts runs as a worker thread only')
const port = parentPort

selfTest(nodeCrypto, signerFromSecret)
port.on('message', (batch: Uint8Array) => {
  const checks = unpackChecks(batch)
  const verdicts = Uint8Array.from(checks, ({ scheme, publicKey, message, signature }) =>
    nodeCrypto.verify(scheme, publicKey, message, signature) ? 1 : 0,
  )
  port.postMessage(verdicts)
})
