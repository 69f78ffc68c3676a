import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Receipt, isInadmissible, readEnvelope, readGenesis, receiptBytes } from '@dujiang/chain'
import {
  type Intake,
  type LightProvider,
  type LogSpan,
  NodeProvider,
  Refused,
  collectOmission,
  judgeOmission,
  readIntake,
  readOmission,
  writeOmission,
} from '@dujiang/client'
import { type Json, encodeCanonicalBytes } from '@dujiang/core/codec'
import { append, concatBytes, leafHash, toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { personOf } from '@dujiang/testing/market-fixture'
import { noticeOf, orderOf } from '@dujiang/testing/market-session'
import { type ApiRig, buyer, exchange, identity, seller, withRig } from './rig.ts'

const { signer } = personOf('SCPX', 'intake')
const nodeKey = toHex(signer.publicKey)

/** A promise as the node would sign it now, whatever it then does. */
const promised = (rig: ApiRig, act: Uint8Array, withinSeconds?: number): Intake =>
  promisedAt(rig, act, rig.node.status().height, withinSeconds)

function promisedAt(rig: ApiRig, act: Uint8Array, height: number, withinSeconds = 5): Intake {
  const envelope = readEnvelope(nodeCrypto.sha256, act)
  assert.ok(!isInadmissible(envelope))
  const unsigned = { chain: rig.node.chain, height, id: envelope.id, kind: 'accepted', node: nodeKey, withinSeconds }
  const tag = new TextEncoder().encode('dujiang/intake/1\n')
  const { kind: _, ...intake } = unsigned
  return { ...intake, signature: toHex(signer.sign(concatBytes(tag, encodeCanonicalBytes(unsigned)))) }
}

const foundedOf = (rig: ApiRig) => readGenesis(nodeCrypto.sha256, rig.market.genesisBytes)

/** As whoever holds the promise gathers it, from a node's doors alone. */
const headersOf = (rig: ApiRig): LightProvider => new NodeProvider(rig.api.url, { timing: rig.timing })

const collect = (rig: ApiRig, intake: Intake, act: Uint8Array, headers = headersOf(rig)): Promise<Uint8Array> =>
  collectOmission(rig.client(), headers, nodeCrypto, foundedOf(rig), intake, act)

/** A node that has dropped the header of one height. */
function without(rig: ApiRig, height: number): LightProvider {
  const headers = headersOf(rig)
  return { name: headers.name, lightBlock: async (at) => (at === height ? undefined : headers.lightBlock(at)) }
}

const judge = (rig: ApiRig, file: Uint8Array, node = nodeKey) => judgeOmission(nodeCrypto, foundedOf(rig), node, file)

const openSequence = (rig: ApiRig, name: string): Uint8Array =>
  rig.market.act(exchange, 'auction.sequence.open', { sequence: name, name })

/** A ledger with a block, and an act that is promised then. */
async function begun(rig: ApiRig): Promise<{ readonly act: Uint8Array; readonly intake: Intake }> {
  await rig.must(exchange, 'auction.sequence.open', { sequence: 'A', name: 'A' })
  await rig.pass(1_000)
  const act = openSequence(rig, 'Q')
  return { act, intake: promised(rig, act) }
}

describe('a file about a promise', () => {
  it('[OMIT-7] shows a promise kept by the receipt, and names whose signatures it rests on', () =>
    withRig({}, async (rig) => {
      const { act } = await begun(rig)
      const answer = await rig.client().submitAccepted(act)
      assert.equal(answer.state, 'accepted')
      const intake = readIntake(answer as unknown as Json)
      assert.ok(intake !== undefined)
      await rig.pass(1_000)
      await rig.pass(1_000)
      const judged = judge(rig, await collect(rig, intake, act))
      assert.equal(judged.verdict, 'kept', judged.reason)
      assert.deepEqual(
        judged.trusts.map(({ org }) => org),
        ['SCPX'],
      )
    }))

  it('[OMIT-7] shows a promise broken by the ids that were executed, and open while the time is not over', () =>
    withRig({}, async (rig) => {
      const { act, intake } = await begun(rig)
      assert.equal(judge(rig, await collect(rig, intake, act)).verdict, 'open')
      await rig.pass(6_000)
      await rig.must(exchange, 'auction.sequence.open', { sequence: 'B', name: 'B' })
      await rig.pass(1_000)
      const file = await collect(rig, intake, act)
      const judged = judge(rig, file)
      assert.equal(judged.verdict, 'broken', judged.reason)
      const read = readOmission(file)
      assert.ok(typeof read !== 'string')
      assert.equal(read.absence?.ids.length, 2)
      assert.deepEqual(Buffer.from(writeOmission(read)), Buffer.from(file))
    }))

  it('[OMIT-7] shows it by there being no row, where nothing else expires in that minute', () =>
    withRig({}, async (rig) => {
      await begun(rig)
      const expires = rig.clock.nowMs() + 3_600_000
      const act = rig.market.act(exchange, 'auction.sequence.open', { sequence: 'Q', name: 'Q' }, { expires })
      const intake = promised(rig, act)
      await rig.pass(6_000)
      await rig.must(exchange, 'auction.sequence.open', { sequence: 'B', name: 'B' })
      await rig.pass(1_000)
      const file = await collect(rig, intake, act)
      assert.equal(judge(rig, file).verdict, 'broken')
      const read = readOmission(file)
      assert.deepEqual(typeof read === 'string' ? read : read.absence?.ids, [])
    }))

  it('[OMIT-7] shows nothing once anything in it is changed, or another node is meant', () =>
    withRig({}, async (rig) => {
      const { act, intake } = await begun(rig)
      await rig.pass(6_000)
      await rig.must(exchange, 'auction.sequence.open', { sequence: 'B', name: 'B' })
      await rig.pass(1_000)
      const file = await collect(rig, intake, act)
      assert.match(judge(rig, file, '00'.repeat(32)).reason, /of another node/)
      const text = new TextDecoder().decode(file)
      // The act's own signature says nothing of the promise, which is about its id.
      const signatureAt = text.indexOf('"sig":"') + 7
      const isSignature = (at: number): boolean => at >= signatureAt && at < signatureAt + 128
      let changed = 0
      for (const [at, character] of [...text].entries()) {
        if (!/[0-9]/.test(character) || at % 7 !== 0 || isSignature(at)) continue
        const other = text.slice(0, at) + (character === '1' ? '2' : '1') + text.slice(at + 1)
        const { verdict } = judge(rig, new TextEncoder().encode(other))
        assert.equal(verdict, 'unfounded', `${text.slice(at - 40, at)}[${character}]`)
        changed += 1
      }
      assert.ok(changed > 100)
      assert.match(judge(rig, new TextEncoder().encode(`${text} `)).reason, /the file/)
    }))

  it('[OMIT-8] cannot be made where the header of the promise is not kept', () =>
    withRig({}, async (rig) => {
      const { act, intake } = await begun(rig)
      await assert.rejects(collect(rig, { ...intake, height: 99 }, act), /header 99 of the promise is not kept/)
    }))
})

/** An order of the seller for the session that is open, as its client signs it: for the default lifetime. */
async function signedOrder(rig: ApiRig): Promise<Uint8Array> {
  const client = rig.client(seller)
  const payload = orderOf('S1', seller.unit, 'sell', [[30_000_000, 5_000_000]])
  return client.sign(identity(seller), await client.build(identity(seller), { act: 'auction.order.submit', payload }))
}

/** An order that is promised while its book is open and then left out, with an order of another before and after it. */
async function leftOut(rig: ApiRig) {
  const gateMs = await rig.openSession()
  const act = await signedOrder(rig)
  const before = await rig.node.submit(rig.order(buyer, 40_000))
  await rig.pass(1_000)
  const intake = promised(rig, act, 120)
  const after = await rig.node.submit(rig.order(buyer, 39_000))
  assert.deepEqual([before.kind, after.kind], ['committed', 'committed'])
  await rig.pass(1_000)
  return { gateMs, act, intake }
}

/** Lets the gate and the promised time pass, and begins a session whose book is open from then on. */
async function anotherBookOpens(rig: ApiRig, gateMs: number): Promise<void> {
  await rig.pass(gateMs + 130_000 - rig.clock.nowMs())
  const opensMs = rig.clock.nowMs() + 10_000
  const times = { opensMs, gateMs: opensMs + 86_400_000 }
  await rig.must(exchange, 'auction.session.announce', noticeOf(rig.market, 'S2', times))
  await rig.pass(11_000)
  await rig.must(exchange, 'auction.sequence.open', { sequence: 'B', name: 'B' })
  await rig.pass(1_000)
  await assert.rejects(rig.client().seen(1), { name: 'Refused', message: /stateSealed/ })
}

describe('an order that a node promised before the gate and left out', () => {
  it('[OMIT-8] is proved left out from its gate on, also while another book is open and long after it has expired', () =>
    withRig({}, async (rig) => {
      const { gateMs, act, intake } = await leftOut(rig)
      await assert.rejects(collect(rig, intake, act), /2 of \d+ receipts of that time are still withheld/)
      await anotherBookOpens(rig, gateMs)
      const early = judge(rig, await collect(rig, intake, act))
      assert.equal(early.verdict, 'broken', early.reason)
      await rig.pass(86_000_000)
      await rig.must(exchange, 'auction.sequence.open', { sequence: 'C', name: 'C' })
      await rig.pass(1_000)
      const file = await collect(rig, intake, act)
      const judged = judge(rig, file)
      assert.equal(judged.verdict, 'broken', judged.reason)
      assert.deepEqual(
        judged.trusts.map(({ org }) => org),
        ['SCPX'],
      )
      const read = readOmission(file)
      assert.ok(typeof read !== 'string' && read.log !== undefined)
      assert.deepEqual(Buffer.from(writeOmission(read)), Buffer.from(file))
    }))

  it('[OMIT-8] is proved left out where the header of the promise is not kept any more, by the next block that did something', () =>
    withRig({}, async (rig) => {
      const { gateMs, act, intake } = await leftOut(rig)
      await anotherBookOpens(rig, gateMs)
      const file = await collect(rig, intake, act, without(rig, intake.height))
      const read = readOmission(file)
      assert.ok(typeof read !== 'string')
      assert.ok(read.since.header.height > intake.height)
      assert.equal(judge(rig, file).verdict, 'broken')
    }))

  it('[OMIT-2] is not called kept by the header of a later block', () =>
    withRig({}, async (rig) => {
      await begun(rig)
      const act = openSequence(rig, 'R')
      const intake = promised(rig, act)
      assert.equal((await rig.node.submit(act)).kind, 'committed')
      await rig.pass(1_000)
      assert.equal(judge(rig, await collect(rig, intake, act)).verdict, 'kept')
      const file = await collect(rig, intake, act, without(rig, intake.height))
      assert.equal(judge(rig, file).verdict, 'open')
    }))

  it('[OMIT-9] is open until the time is over, with the newest receipt as the last', () =>
    withRig({}, async (rig) => {
      await rig.openSession()
      const act = await signedOrder(rig)
      const judged = judge(rig, await collect(rig, promised(rig, act, 120), act))
      assert.equal(judged.verdict, 'open')
      assert.match(judged.reason, /the time is not over/)
    }))

  it('[OMIT-9] is not proved by receipts of which one is missing, false, elsewhere or not before the promise', () =>
    withRig({}, async (rig) => {
      const { gateMs, act, intake } = await leftOut(rig)
      await anotherBookOpens(rig, gateMs)
      const read = readOmission(await collect(rig, intake, act))
      assert.ok(typeof read !== 'string' && read.log !== undefined)
      const { log } = read
      assert.ok(log.receipts.length > 2, 'there is something to take away')
      const [first, second, ...rest] = log.receipts as readonly [Receipt, Receipt, ...Receipt[]]
      const later = (span: LogSpan): LogSpan => ({
        ...span,
        before: append(nodeCrypto.sha256, span.before, leafHash(nodeCrypto.sha256, receiptBytes(span.receipts[0]!))),
        receipts: span.receipts.slice(1),
      })
      const { size, peaks } = log.before
      const wrong: readonly LogSpan[] = [
        { ...log, receipts: [first, ...rest] },
        { ...log, receipts: [second, first, ...rest] },
        { ...log, receipts: [{ ...first, code: first.code + 1 }, second, ...rest] },
        { ...log, before: { size, peaks: [] } },
        { ...log, before: { size, peaks: peaks.map(() => new Uint8Array(32)) } },
        { before: { size: size + 1, peaks: log.before.peaks }, receipts: [second, ...rest], last: log.last },
      ]
      for (const changed of wrong) {
        const judged = judge(rig, writeOmission({ ...read, log: changed }))
        assert.deepEqual([judged.verdict, judged.reason], ['unfounded', 'the receipts are not those of the log'])
      }
      const tooLate = judge(rig, writeOmission({ ...read, log: later(log) }))
      assert.equal(tooLate.verdict, 'unfounded')
      assert.match(tooLate.reason, /not before the promise/)
      const executed = await rig.node.block(intake.height + 1)
      const other = executed?.txs[0] as Uint8Array
      const accused = { ...read, act: other, intake: promisedAt(rig, other, intake.height) }
      assert.match(judge(rig, writeOmission(accused)).reason, /the act is among the receipts/)
    }))
})

describe('the executed ids of a minute', () => {
  it('[API-23] are withheld while a book is open, from everybody', () =>
    withRig({}, async (rig) => {
      const gateMs = await rig.openSession()
      assert.equal((await rig.node.submit(rig.order(seller))).kind, 'committed')
      await rig.pass(1_000)
      const target = `/v1/seen/${Math.floor(rig.clock.nowMs() / 60_000) + 10}`
      const open = await rig.get(target)
      assert.deepEqual([open.status, open.json.error.name], [409, 'stateSealed'])
      assert.equal((await rig.signed(seller, target)).status, 409)
      await assert.rejects(rig.client().seen(1), Refused)
      await rig.pass(gateMs - rig.clock.nowMs() + 1_000)
      assert.equal((await rig.get(target)).status, 200)
    }))

  it('[API-23] wait for the next header, and are those of the minute in the order of execution', () =>
    withRig({ nodeOptions: { limits: { proofDelayMs: 1_000 } } }, async (rig) => {
      const expires = rig.clock.nowMs() + 3_600_000
      const acts = ['A', 'B'].map((sequence) =>
        rig.market.act(exchange, 'auction.sequence.open', { sequence, name: sequence }, { expires }),
      )
      const outcomes = await rig.node.submitMany(acts)
      const minute = Math.floor(expires / 60_000)
      const early = await rig.get(`/v1/seen/${minute}`)
      assert.deepEqual([early.status, early.json.error.name], [409, 'rowNotYetProvable'])
      assert.equal(await rig.client().seen(minute), undefined)
      await rig.pass(2_000)
      const receipts = outcomes.flatMap((each) => (each.kind === 'committed' ? [each.stored.receipt] : []))
      const inOrder = receipts.sort((a, b) => a.index - b.index).map(({ id }) => id)
      assert.deepEqual((await rig.client().seen(minute))?.ids, inOrder)
      assert.deepEqual((await rig.client().seen(1))?.ids, [])
      assert.equal((await rig.get('/v1/seen/-1')).status, 400)
      assert.equal((await rig.get('/v1/seen/x')).status, 400)
    }))
})
