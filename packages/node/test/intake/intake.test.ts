import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isInadmissible, readEnvelope, signBody } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { actorOf, keyRowOf } from '@dujiang/testing/trivial'
import type { Outcome } from '../../src/service/index.ts'
import { Rig, alice, allReceipts, bob, countingCrypto, receiptOf } from '../engine/rig.ts'

const carol = actorOf('CAROL', 'sm2')
const genesis = { keys: [alice, bob, carol].map((actor) => keyRowOf(actor)) }

/** The same transaction under a signature that does not hold. */
function forged(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice()
  // The last digit of the signature: `…0"}` or `…1"}`.
  const at = copy.length - 3
  copy[at] = copy[at] === 0x30 ? 0x31 : 0x30
  return copy
}

/** The same body, signed once more: SM2 signatures are randomised. */
function signedAgain(bytes: Uint8Array): Uint8Array {
  const envelope = readEnvelope(nodeCrypto.sha256, bytes)
  if (isInadmissible(envelope)) throw new Error(envelope.name)
  return signBody(carol.signer, envelope.body)
}

const refusalOf = (outcome: Outcome) => outcome.kind === 'inadmissible' && outcome.refusal.name

describe('taking in one act', () => {
  it('[IN-2] gives the first receipt when the same bytes come again after their acknowledgement was lost', async () => {
    const rig = new Rig()
    const node = await rig.open()
    const bytes = rig.mix(1)
    const first = await node.submit(bytes)
    const again = await node.submit(bytes)
    assert.ok(first.kind === 'committed' && again.kind === 'committed')
    assert.deepEqual([first.repeated, again.repeated], [false, true])
    assert.deepEqual(again.stored, first.stored)
    await node.close()
    const restarted = await rig.open()
    await rig.pass(3_600_000)
    assert.deepEqual(await restarted.submit(bytes), again, 'after a restart and after its expiry too')
    await restarted.close()
  })

  it('[IN-2] takes the same body under another signature for the same act', async () => {
    const rig = new Rig({}, genesis)
    const node = await rig.open()
    const bytes = rig.mix(1, carol)
    const other = signedAgain(bytes)
    assert.notDeepEqual(other, bytes)
    const [first, second] = await node.submitMany([bytes, other])
    const third = await node.submit(signedAgain(bytes))
    assert.ok(first?.kind === 'committed' && second?.kind === 'committed' && third.kind === 'committed')
    assert.deepEqual([first.repeated, second.repeated, third.repeated], [false, true, true])
    assert.deepEqual(third.stored, first.stored)
    assert.equal((await allReceipts(node)).length, 1)
    await node.close()
  })

  it('[IN-2] answers everybody who waits for the same act from its one block', async () => {
    const rig = new Rig()
    const node = await rig.open()
    const bytes = rig.mix(1)
    const outcomes = await Promise.all([node.submit(bytes), node.submit(bytes), node.submitMany([bytes, bytes])])
    const receipts = outcomes.flat().map(receiptOf)
    assert.equal(new Set(receipts.map(({ index }) => index)).size, 1)
    assert.equal(node.status().pending, 0)
    await node.close()
  })

  it('[IN-2] shows the receipt of an executed act to nobody who cannot sign for it', async () => {
    const rig = new Rig()
    const node = await rig.open()
    const bytes = rig.mix(1)
    await node.submit(bytes)
    assert.equal(refusalOf(await node.submit(forged(bytes))), 'badSignature')
    await node.close()
  })

  it('[IN-1] is not kept from an act by a copy of it under a false signature', async () => {
    const rig = new Rig()
    const node = await rig.open()
    const bytes = rig.mix(1)
    const [bad, good] = await node.submitMany([forged(bytes), bytes])
    assert.equal(bad && refusalOf(bad), 'badSignature')
    assert.equal(good?.kind, 'committed')
    await node.close()
  })

  it('[IN-1] names the first check that fails, in the order of admission', async () => {
    const rig = new Rig()
    const node = await rig.open()
    const now = rig.clock.nowMs()
    await node.submit(rig.act(alice, 'org.mute', { org: 'BOB', muted: true }))
    const cases: [string, Uint8Array][] = [
      ['malformed', new TextEncoder().encode('{"body": 1}')],
      ['tooLarge', new Uint8Array(70_000)],
      ['wrongChain', rig.mix(1, alice, { chain: 'ab'.repeat(32) })],
      ['wrongDomain', rig.mix(1, alice, { domain: 'other' })],
      ['unknownAct', rig.act(alice, 'no.such', {})],
      ['wrongShape', rig.act(alice, 'tally.mix', { tally: 'T' })],
      ['expired', rig.mix(1, alice, { expires: now })],
      ['lifetimeTooLong', rig.mix(1, alice, { expires: now + 8 * 24 * 3_600_000 })],
      ['unknownKey', rig.mix(1, actorOf('NOBODY'))],
      ['badSignature', forged(rig.mix(1, bob))],
      ['notPermitted', rig.mix(1, bob)],
    ]
    const outcomes = await node.submitMany(cases.map(([, bytes]) => bytes))
    assert.deepEqual(
      outcomes.map(refusalOf),
      cases.map(([name]) => name),
    )
    assert.equal((await allReceipts(node)).length, 1, 'none of them leaves anything behind')
    assert.equal(node.status().pending, 0)
    await node.close()
  })

  it('[IN-1] refuses an act that expires while it waits for its block', async () => {
    const rig = new Rig({ limits: { blockActsMax: 1 } })
    const node = await rig.open()
    rig.disk.conditions.delayMsMax = 1_000
    const first = node.submit(rig.mix(1))
    const late = node.submit(rig.mix(2, alice, { expires: rig.clock.nowMs() + 1 }))
    await rig.pass(10_000)
    assert.equal((await first).kind, 'committed')
    assert.equal(refusalOf(await late), 'expired')
    rig.disk.conditions.delayMsMax = 0
    await node.close()
  })

  it('[IN-1] has its signature judged once, at the door, and not again in its block', async () => {
    const rig = new Rig()
    const crypto = countingCrypto()
    const node = await rig.open({ crypto })
    await node.submit(rig.mix(1))
    assert.equal(crypto.checks, 1)
    await node.close()
  })

  it('[IN-4] says that the queue is full, and takes in again when it has room', async () => {
    const rig = new Rig({ limits: { queueActsMax: 3 } })
    const node = await rig.open()
    const outcomes = await node.submitMany([1, 2, 3, 4, 5].map((amount) => rig.mix(amount)))
    assert.deepEqual(
      outcomes.map((each) => (each.kind === 'busy' ? each.reason : each.kind)),
      ['committed', 'committed', 'committed', 'queueFull', 'queueFull'],
    )
    assert.equal((await node.submit(rig.mix(6))).kind, 'committed')
    await node.close()
  })

  it('[IN-4] bounds the queue in bytes too', async () => {
    const rig = new Rig()
    const bytes = rig.mix(1)
    const node = await rig.open({ limits: { queueBytesMax: bytes.length } })
    const [first, second] = await node.submitMany([bytes, rig.mix(2)])
    assert.deepEqual([first?.kind, second?.kind], ['committed', 'busy'])
    await node.close()
  })
})
