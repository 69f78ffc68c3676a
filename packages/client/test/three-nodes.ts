import assert from 'node:assert/strict'
import { isInadmissible, readEnvelope, signBody } from '@dujiang/chain'
import { nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import { Client, type ClientOptions, Refused, buildBody, identityOf } from '../src/index.ts'
import { FakeNodes, type Scripted } from './fake-nodes.ts'

export const { sha256 } = nodeCrypto
export const START_MS = 1_800_000_000_000
export const ledger = { chain: 'c'.repeat(64), domain: 'public' }
export const me = identityOf(sha256, 'GENA', signerFromSecret('ed25519', new Uint8Array(32).fill(7)))

/** A signed act that expires a minute from the start. */
export function actOf(sequence: number, lifetimeMs = 60_000) {
  const moment = { nowMs: START_MS, sequence }
  const bytes = signBody(me.signer, buildBody(ledger, me, { act: 'a.b', payload: {}, lifetimeMs }, moment))
  const envelope = readEnvelope(sha256, bytes)
  assert.ok(!isInadmissible(envelope))
  return { bytes, id: envelope.id }
}

/** A client of three nodes, and what they are asked. */
export function clientOf(script: readonly Scripted[], options: Partial<ClientOptions> = {}) {
  const nodes = new FakeNodes(START_MS, script)
  const names = ['http://one', 'http://two', 'http://three']
  const client = new Client({ nodes: names, sha256, fetch: nodes.fetch, timing: nodes.timing, ...options })
  return { client, nodes, asked: () => nodes.asked.map(({ url }) => url.replace('http://', '')) }
}

export const isRefused = (name: string) => (error: unknown) => error instanceof Refused && error.refusal.name === name
