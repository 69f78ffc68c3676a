import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { fromHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { personOf } from '@dujiang/testing/market-fixture'
import { type ApiRig, buyer, exchange, seller, withRig } from '../api/rig.ts'
import {
  type Standing,
  type Subscription,
  deliveryMessage,
  readStanding,
  writeSubscriptions,
} from '../../src/webhooks/index.ts'
import { Receiver } from './receiver.ts'

const SECRET = 'ab'.repeat(32)
const signer = personOf('SCPX', 'intake').signer
const turn = (): Promise<void> => new Promise(setImmediate)

interface Hooked {
  readonly rig: ApiRig
  readonly receiver: Receiver
  readonly dir: string
  readonly log: string[]
}

/** A rig whose operator has these subscriptions; their address is the receiver's unless told. */
async function withHooks(
  subscriptions: readonly Partial<Subscription>[],
  work: (hooked: Hooked) => Promise<void>,
): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'dujiang-hooks-'))
  const receiver = await Receiver.open()
  const log: string[] = []
  try {
    await subscribe(dir, receiver, subscriptions)
    const webhooks = { dir, signer, log: (line: string) => void log.push(line), random: () => 0 }
    await withRig({ webhooks }, (rig) => work({ rig, receiver, dir, log }))
  } finally {
    await receiver.close()
    await rm(dir, { recursive: true })
  }
}

const subscribe = (dir: string, { url }: Receiver, subscriptions: readonly Partial<Subscription>[]): Promise<void> =>
  writeSubscriptions(
    dir,
    subscriptions.map((each, at) => ({ name: `s${at}`, url, secret: SECRET, after: -1, allowPrivate: true, ...each })),
  )

const open = (rig: ApiRig, name: string) => rig.must(exchange, 'auction.sequence.open', { sequence: name, name })

/** Lets what hangs on promises and sockets happen until it is so. */
async function until(wished: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await wished())) await turn()
}
const stands = (dir: string, wished: (standing: Standing) => boolean) =>
  until(async () => {
    const standing = await readStanding(dir, 's0')
    return standing !== undefined && wished(standing)
  })

describe('webhooks', () => {
  it('[HOOK-1] [HOOK-3] bring every receipt in order, signed by the node and with the secret', () =>
    withHooks([{}], async ({ rig, receiver, dir }) => {
      const names = Array.from({ length: 250 }, (_, i) => `Q${i}`)
      await Promise.all(names.map((name) => open(rig, name)))
      await stands(dir, ({ after }) => after === names.length - 1)
      assert.deepEqual(
        receiver.indices(),
        Array.from({ length: names.length }, (_, i) => i),
      )
      for (const [at, { headers, body, json }] of receiver.got.entries()) {
        const message = deliveryMessage(Number(headers['dujiang-timestamp']), body)
        const signature = fromHex(headers['dujiang-signature'] as string)
        assert.equal(headers['dujiang-node'], Buffer.from(signer.publicKey).toString('hex'))
        assert.ok(nodeCrypto.verify('ed25519', signer.publicKey, message, signature))
        assert.equal(
          headers['dujiang-hmac'],
          createHmac('sha256', Buffer.from(SECRET, 'hex')).update(message).digest('hex'),
        )
        assert.equal(json.after, receiver.got[at - 1]?.json.next ?? -1)
        assert.equal(json.chain, rig.node.chain)
        assert.ok(json.receipts.length <= 100)
      }
      const { json } = await rig.get('/health')
      assert.deepEqual(json.webhooks, { subscriptions: 1, failing: 0, behind: 0 })
    }))

  it('[HOOK-2] send again what is not taken, with growing pauses, and nothing else before', () =>
    withHooks([{}], async ({ rig, receiver, dir }) => {
      receiver.answers.push(500, 302, 404)
      await open(rig, 'A')
      for (const [at, pauseMs] of [1_000, 2_000, 4_000].entries()) {
        await stands(dir, ({ failed }) => failed === at + 1)
        await open(rig, `B${at}`)
        assert.equal(receiver.got.length, at + 1)
        assert.deepEqual((await rig.get('/health')).json.webhooks, { subscriptions: 1, failing: 1, behind: at + 2 })
        await rig.pass(pauseMs - 1)
        assert.equal(receiver.got.length, at + 1)
        await rig.pass(1)
        await receiver.until(at + 2)
      }
      await stands(dir, ({ after }) => after === 3)
      const standing = await readStanding(dir, 's0')
      assert.deepEqual(standing, { after: 3, chain: rig.node.chain })
      for (const { json } of receiver.got) assert.equal(json.receipts[0].receipt.index, 0)
      assert.deepEqual(receiver.got.at(-1)?.json.receipts.length, 4)
    }))

  it('[HOOK-2] give up an answer that does not come within ten seconds', () =>
    withHooks([{}], async ({ rig, receiver, dir }) => {
      receiver.answers.push('nothing')
      await open(rig, 'A')
      await receiver.until(1)
      await rig.pass(10_000)
      await stands(dir, ({ failed }) => failed === 1)
      assert.match((await readStanding(dir, 's0'))?.trouble ?? '', /no answer within 10000 ms/)
      await rig.pass(1_000)
      await stands(dir, ({ after }) => after === 0)
    }))

  it('[HOOK-1] go on after a restart where they stood, and again with what was not taken', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'dujiang-hooks-'))
    const receiver = await Receiver.open()
    const webhooks = { dir, signer, log: () => {}, random: () => 0 }
    await subscribe(dir, receiver, [{}])
    try {
      await withRig({ webhooks }, async (rig) => {
        await open(rig, 'A')
        await stands(dir, ({ after }) => after === 0)
        receiver.answers.push(503)
        await open(rig, 'B')
        await stands(dir, ({ failed }) => failed === 1)
      })
      // The same chain from its beginning: the rig's disk was in memory, and its people do the same again.
      await withRig({ webhooks }, async (rig) => {
        for (const name of ['A', 'B', 'C']) await open(rig, name)
        await stands(dir, ({ after }) => after === 2)
      })
      assert.deepEqual([...new Set(receiver.indices().slice(1))].at(-1), 2)
    } finally {
      await receiver.close()
      await rm(dir, { recursive: true })
    }
  })

  it('[HOOK-6] show what the organisation may see, and only what is wished for', () =>
    withHooks(
      [
        { name: 'public' },
        { name: 'owner', viewer: seller.org },
        { name: 'other', viewer: buyer.org },
        { name: 'narrow', viewer: buyer.org, session: 'S1' },
      ],
      async ({ rig, receiver, dir }) => {
        await rig.openSession()
        await rig.node.submit(rig.order(seller))
        const order = rig.node.status().receipts - 1
        // Declined, and of the session: a narrow one that has it has looked at the order.
        const units = [{ unit: 'NONE', limitWh: [1] }]
        await rig.node.submit(rig.market.act(exchange, 'auction.session.invite', { session: 'S1', units }))
        await open(rig, 'Z')
        const last = rig.node.status().receipts - 1
        const seenBy = (name: string): any[] =>
          receiver.got.filter(({ json }) => json.subscription === name).flatMap(({ json }) => json.receipts)
        const indexOf = (each: any): number => (each.receipt ?? each).index
        for (const name of ['public', 'owner', 'other'])
          await until(async () => (await readStanding(dir, name))?.after === last)
        // What a narrow one passes over at the end is not written down at once.
        await until(() => seenBy('narrow').some((each) => indexOf(each) === order + 1))
        const orderIn = (name: string) => seenBy(name).find((each) => indexOf(each) === order)
        assert.equal(orderIn('owner').receipt.act, 'auction.order.submit')
        for (const name of ['public', 'other'])
          assert.deepEqual(Object.keys(orderIn(name)), ['index', 'height', 'time', 'withheld'])
        assert.equal(orderIn('narrow'), undefined)
        const acts = new Set(seenBy('narrow').map((each) => each.receipt.act))
        assert.deepEqual([...acts], ['auction.session.announce', 'auction.session.invite'])
      },
    ))

  it('[HOOK-7] follow the operator’s file, and keep the old ones when it is none', () =>
    withHooks([{}], async ({ rig, receiver, dir, log }) => {
      await open(rig, 'A')
      await stands(dir, ({ after }) => after === 0)
      await writeFile(join(dir, 'subscriptions.json'), '{')
      await until(() => log.length > 0)
      assert.match(log[0] ?? '', /not JSON/)
      await open(rig, 'B')
      await stands(dir, ({ after }) => after === 1)
      const second = await Receiver.open()
      try {
        await subscribe(dir, receiver, [{ url: second.url }, { name: 'late', after: 0 }])
        // By then the file is followed: before, the next receipt would still go where the last ones went.
        await until(async () => (await readStanding(dir, 'late'))?.after === 1)
        await open(rig, 'C')
        await until(async () => (await readStanding(dir, 'late'))?.after === 2)
        await stands(dir, ({ after }) => after === 2)
        assert.deepEqual(receiver.indices(), [0, 1, 1, 2])
        assert.deepEqual(second.indices(), [2])
        await subscribe(dir, receiver, [])
        await until(async () => (await rig.get('/health')).json.webhooks.subscriptions === 0)
        await until(async () => (await readStanding(dir, 'late')) === undefined)
      } finally {
        await second.close()
      }
    }))

  it('[HOOK-8] begin with the next receipt without an index, and anew on another ledger', () =>
    withHooks([], async ({ rig, receiver, dir }) => {
      await open(rig, 'A')
      await open(rig, 'B')
      await writeFile(join(dir, 's1.standing.json'), JSON.stringify({ after: 7, chain: '0'.repeat(64) }))
      const { url } = receiver
      const shared = { url, secret: SECRET, allowPrivate: true }
      await writeSubscriptions(dir, [
        { name: 's0', ...shared },
        { name: 's1', after: 0, ...shared },
      ])
      await until(async () => (await readStanding(dir, 's1'))?.after === 1)
      await stands(dir, ({ after }) => after === 1)
      await open(rig, 'C')
      await until(async () => (await readStanding(dir, 's1'))?.after === 2)
      await stands(dir, ({ after }) => after === 2)
      const of = (name: string) =>
        receiver.got.filter(({ json }) => json.subscription === name).map(({ json }) => json.after)
      assert.deepEqual([of('s0'), of('s1')], [[1], [0, 1]])
    }))

  it('[HOOK-5] do not keep acts waiting for a receiver that does not answer', () =>
    withHooks([{}, {}, {}], async ({ rig, receiver }) => {
      receiver.answers.push('nothing', 'nothing', 'nothing')
      await open(rig, 'A')
      await receiver.until(3)
      const acts = Array.from({ length: 500 }, (_, i) =>
        rig.market.act(exchange, 'auction.sequence.open', { sequence: `Q${i}`, name: 'n' }),
      )
      const outcomes = await rig.node.submitMany(acts)
      assert.ok(outcomes.every(({ kind }) => kind === 'committed'))
      assert.equal(receiver.got.length, 3)
      assert.equal((await rig.get('/health')).json.webhooks.behind, 501)
    }))
})
