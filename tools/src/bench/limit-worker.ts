import { createPublicKey, createVerify, verify } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import { readEnvelope, isInadmissible } from '@dujiang/chain'
import { type Scheme, concatBytes, fromHex, sm2Z } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { biddersOf } from './crew.ts'
import { OrderBook } from './orders.ts'

// A thread that does nothing but verify, beside OpenSSL's own code only the loop: the ceiling of any node on this machine.
const { scheme, seconds } = workerData as { readonly scheme: Scheme; readonly seconds: number }
const port = parentPort
if (port === null) throw new Error('limit-worker.ts runs as a worker thread only')

const SPKI = { sm2: '3059301306072a8648ce3d020106082a811ccf5501822d034200', ed25519: '302a300506032b6570032100' }

const checks = biddersOf(scheme)
  .slice(0, 200)
  .map((bidder) => {
    const envelope = readEnvelope(nodeCrypto.sha256, new OrderBook('0'.repeat(64), bidder, 0).next())
    if (isInadmissible(envelope)) throw new Error(`the bench's own order is ${envelope.name}`)
    const { publicKey } = bidder.person.signer
    const spki = Buffer.from(concatBytes(fromHex(SPKI[scheme]), publicKey))
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' })
    const { signedBytes, signature } = envelope
    if (scheme === 'ed25519') return () => verify(null, signedBytes, key, signature)
    const z = sm2Z(nodeCrypto.sm3, publicKey)
    const der = derOf(signature)
    return () => createVerify('sm3').update(z).update(signedBytes).verify(key, der)
  })

for (const check of checks) if (!check()) throw new Error('the bench has a signature that does not hold')
port.postMessage('ready')
port.once('message', () => {
  const startedAt = performance.now()
  const endAt = startedAt + 1_000 * seconds
  let done = 0
  const before = process.threadCpuUsage()
  let now = startedAt
  for (; now < endAt; now = performance.now()) {
    for (let i = 0; i < 20; i++) checks[(done + i) % checks.length]?.()
    done += 20
  }
  const { user, system } = process.threadCpuUsage(before)
  port.postMessage({ perSecond: done / ((now - startedAt) / 1_000), cpuUs: (user + system) / done })
})

function derOf(rs: Uint8Array): Uint8Array {
  const integer = (bytes: Uint8Array): number[] => {
    const digits = [...bytes.subarray(bytes.findIndex((byte) => byte !== 0))]
    if ((digits[0] as number) >= 0x80) digits.unshift(0)
    return [0x02, digits.length, ...digits]
  }
  const content = [...integer(rs.subarray(0, 32)), ...integer(rs.subarray(32))]
  return Uint8Array.of(0x30, content.length, ...content)
}
