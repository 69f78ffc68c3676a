import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  type Envelope,
  type Header,
  isInadmissible,
  readEnvelope,
  readGenesis,
  readProofHeader,
  seenRow,
  writeReceiptProof,
  writeStateProof,
} from '@dujiang/chain'
import { type Intake, type OmissionCase, type OmissionVerdict, intakeHolds, omission } from '@dujiang/client'
import { encodeCanonicalBytes } from '@dujiang/core/codec'
import { concatBytes, toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { personOf } from '@dujiang/testing/market-fixture'
import { type ApiRig, exchange, withRig } from './rig.ts'

const WITHIN_SECONDS = 5

function envelopeOf(bytes: Uint8Array): Envelope {
  const envelope = readEnvelope(nodeCrypto.sha256, bytes)
  assert.ok(!isInadmissible(envelope))
  return envelope
}

const openSequence = (rig: ApiRig, name: string): Uint8Array =>
  rig.market.act(exchange, 'auction.sequence.open', { sequence: name, name })

/** A promise as the node would sign it now, whatever it then does. */
function promised(rig: ApiRig, act: Uint8Array, withinSeconds = WITHIN_SECONDS): Intake {
  const { signer } = personOf('SCPX', 'intake')
  const { height } = rig.node.status()
  const node = toHex(signer.publicKey)
  const unsigned = { chain: rig.node.chain, height, id: envelopeOf(act).id, kind: 'accepted', node, withinSeconds }
  const tag = new TextEncoder().encode('dujiang/intake/1\n')
  const { kind: _, ...intake } = unsigned
  return { ...intake, signature: toHex(signer.sign(concatBytes(tag, encodeCanonicalBytes(unsigned)))) }
}

const headerAt = async (rig: ApiRig, height: number): Promise<Header> => (await rig.node.block(height))!.header

async function underHeader(rig: ApiRig, file: Uint8Array): Promise<{ file: Uint8Array; header: Header }> {
  const header = readProofHeader(file)
  assert.ok(typeof header !== 'string')
  return { file, header: await headerAt(rig, header.height) }
}

async function receiptOf(rig: ApiRig, id: string) {
  const proof = await rig.node.prove(id)
  assert.ok(proof !== undefined)
  return underHeader(rig, writeReceiptProof(proof))
}

async function rowOf(rig: ApiRig, act: Uint8Array, ids: readonly string[]) {
  const { key } = seenRow(nodeCrypto.sha256, envelopeOf(act).body.expires, [])!
  const proof = rig.node.proveState(key)
  assert.ok(proof !== undefined)
  return { ...(await underHeader(rig, writeStateProof(proof))), ids }
}

function judge(rig: ApiRig, shown: OmissionCase): OmissionVerdict {
  return omission(nodeCrypto, readGenesis(nodeCrypto.sha256, rig.market.genesisBytes), shown)
}

/** A ledger with one block, and what became of an act that a node promised then. */
async function begun(
  rig: ApiRig,
): Promise<{ readonly first: string; readonly since: Header; readonly act: Uint8Array }> {
  const first = await rig.must(exchange, 'auction.sequence.open', { sequence: 'A', name: 'A' })
  await rig.pass(1_000)
  return { first, since: await headerAt(rig, rig.node.status().height), act: openSequence(rig, 'Q') }
}

describe('a promise of a node', () => {
  it('[OMIT-2] is kept when the act is in a block in time, as the node itself signed for it', () =>
    withRig({}, async (rig) => {
      const { since, act } = await begun(rig)
      const accepted = await rig.node.accept(act)
      assert.ok(accepted.kind === 'accepted')
      const { kind: _, ...intake } = accepted
      assert.ok(intakeHolds(nodeCrypto, intake))
      await rig.pass(1_000)
      await rig.pass(1_000)
      const receipt = await receiptOf(rig, intake.id)
      assert.equal(judge(rig, { intake, act, since, receipt }).verdict, 'kept')
    }))

  it('[OMIT-2] is broken when the block is later than promised, to the millisecond', () =>
    withRig({}, async (rig) => {
      const { since, act } = await begun(rig)
      const intake = promised(rig, act)
      await rig.pass(6_000)
      const outcome = await rig.node.submit(act)
      assert.ok(outcome.kind === 'committed')
      await rig.pass(1_000)
      const receipt = await receiptOf(rig, intake.id)
      const verdict = judge(rig, { intake, act, since, receipt })
      assert.ok(verdict.verdict === 'broken')
      const lateMs = outcome.stored.receipt.time - verdict.deadlineMs
      assert.ok(lateMs > 0)
      const longer = promised(rig, act, WITHIN_SECONDS + Math.ceil(lateMs / 1_000))
      const again = { ...longer, height: intake.height }
      assert.equal(judge(rig, { intake: again, act, since, receipt }).verdict, 'unfounded', 'a promise changed is none')
    }))

  it('[OMIT-4] is broken when the time is over and the act is not among the executed ids', () =>
    withRig({}, async (rig) => {
      const { first, since, act } = await begun(rig)
      const intake = promised(rig, act)
      assert.equal(judge(rig, { intake, act, since }).verdict, 'open')
      const early = await rowOf(rig, act, [first])
      assert.equal(judge(rig, { intake, act, since, absence: early }).verdict, 'open')
      await rig.pass(6_000)
      const other = await rig.must(exchange, 'auction.sequence.open', { sequence: 'B', name: 'B' })
      await rig.pass(1_000)
      const absence = await rowOf(rig, act, [first, other])
      const verdict = judge(rig, { intake, act, since, absence })
      assert.equal(verdict.verdict, 'broken', verdict.reason)
      for (const ids of [[], [first], [other, first], [first, other, intake.id], ['00']]) {
        assert.equal(judge(rig, { intake, act, since, absence: { ...absence, ids } }).verdict, 'unfounded', ids.join())
      }
    }))

  it('[OMIT-5] is broken where nothing that expires in that minute was executed, unless that minute is over', () =>
    withRig({}, async (rig) => {
      const { since } = await begun(rig)
      const expires = rig.clock.nowMs() + 3_600_000
      const act = rig.market.act(exchange, 'auction.sequence.open', { sequence: 'Q', name: 'Q' }, { expires })
      const intake = promised(rig, act)
      await rig.pass(6_000)
      await rig.must(exchange, 'auction.sequence.open', { sequence: 'B', name: 'B' })
      await rig.pass(1_000)
      assert.equal(judge(rig, { intake, act, since, absence: await rowOf(rig, act, []) }).verdict, 'broken')
      await rig.pass(3_660_000)
      await rig.must(exchange, 'auction.sequence.open', { sequence: 'C', name: 'C' })
      await rig.pass(1_000)
      assert.equal(judge(rig, { intake, act, since, absence: await rowOf(rig, act, []) }).verdict, 'open')
      const short = rig.market.act(exchange, 'auction.sequence.open', { sequence: 'S', name: 'S' }, { expires: 1 })
      const late = promised(rig, short)
      const now = await headerAt(rig, rig.node.status().height)
      assert.equal(judge(rig, { intake: late, act: short, since: now }).verdict, 'kept')
    }))

  it('[OMIT-4] is not said to be broken by a row that has the act', () =>
    withRig({}, async (rig) => {
      const { first, since, act } = await begun(rig)
      const intake = promised(rig, act)
      await rig.node.submit(act)
      await rig.pass(6_000)
      const absence = await rowOf(rig, act, [first, intake.id])
      const verdict = judge(rig, { intake, act, since, absence })
      assert.equal(verdict.verdict, 'unfounded')
      assert.match(verdict.reason, /among the ids/)
    }))

  it('[OMIT-1] is judged only where promise, act, header and ledger belong together', () =>
    withRig({}, async (rig) => {
      const { first, since, act } = await begun(rig)
      const intake = promised(rig, act)
      const other = openSequence(rig, 'R')
      const bad: [Partial<OmissionCase>, RegExp][] = [
        [{ act: new Uint8Array(3) }, /the act is none/],
        [{ act: other }, /another act/],
        [{ intake: { ...intake, chain: '0'.repeat(64) } }, /another ledger/],
        [{ intake: { ...intake, withinSeconds: 4 } }, /not signed/],
        [{ intake: { ...intake, mayNotCount: true } }, /not signed/],
        [{ intake: { ...intake, node: 'no key' } }, /not signed/],
        [{ since: { ...since, height: since.height - 1 } }, /not the promise's/],
        [{ receipt: await receiptOf(rig, first) }, /another act/],
        [{ receipt: { ...(await receiptOf(rig, first)), header: { ...since, height: 99 } } }, /does not hold/],
      ]
      for (const [change, reason] of bad) {
        const verdict = judge(rig, { intake, act, since, ...change })
        assert.equal(verdict.verdict, 'unfounded')
        assert.match(verdict.reason, reason)
      }
    }))
})
