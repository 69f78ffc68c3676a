import assert from 'node:assert/strict'
import { cp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { emptyHome, homePaths } from '@dujiang/node/network'
import { Cluster, IMPATIENT, actors, cometHere } from '@dujiang/testing/network'

const { cometbft, skip } = await cometHere()

const LAST = 3

describe('a validator with an older disk', { skip }, () => {
  let cluster: Cluster

  before(async () => {
    cluster = await Cluster.start({ validators: 4, cometbft, form: 'inside', settings: IMPATIENT })
  })
  after(() => cluster.close())

  const [actor] = actors
  const identity = { org: actor!.org, key: actor!.keyId, signer: actor!.signer }
  let made = 0

  async function act(at: number): Promise<Uint8Array> {
    const client = cluster.clientOf(at)
    return client.sign(
      identity,
      await client.build(identity, { act: 'tally.mix', payload: { tally: 'T', amount: ++made } }),
    )
  }

  /** What the ledger of the last node says of itself once it has this height. */
  async function statusFrom(height: number): Promise<Readonly<Record<string, unknown>>> {
    const [node] = await cluster.untilAll(
      `the last has block ${height}`,
      ({ ledger }) => Number(ledger?.['height']) >= height && ledger?.['stalled'] === undefined,
      { among: [LAST] },
    )
    return node?.ledger ?? {}
  }

  it('[CMT-20] [CLIENT-10] says so; an act that it had promised is sent again by its client', async () => {
    const member = cluster.member(LAST)
    const { ledger, comet, validatorState } = homePaths(member.place.home)
    const hasVotedOn = async (height: number): Promise<boolean> =>
      Number(JSON.parse(await readFile(validatorState, 'utf8')).height) >= height
    const halves = [ledger, join(comet, 'data/state.db'), join(comet, 'data/blockstore.db'), join(comet, 'data/cs.wal')]
    await cluster.clientOf(LAST).submit(await act(LAST))
    await member.stop()
    for (const half of halves) await cp(half, `${half}.yesterday`, { recursive: true })

    await member.start()
    const { receipt } = await cluster.clientOf(0).submit(await act(0))
    assert.equal((await statusFrom(receipt.height + 2))['olderCopy'], undefined)
    // While it catches up with the others it signs nothing.
    const beyond = receipt.height + 1
    await cluster.until(`the last has voted on ${beyond}`, () => hasVotedOn(beyond), { among: [LAST] })
    const promised = await act(0)
    // Its engine takes nothing any more: what it promises now is on its own disk alone.
    await member.kill('cometbft')
    const { state, id } = await cluster.clientOf(LAST).submitAccepted(promised)
    assert.equal(state, 'accepted')
    await member.stop()
    for (const half of halves) {
      await rm(half, { recursive: true })
      await cp(`${half}.yesterday`, half, { recursive: true })
    }

    await member.start()
    const status = await statusFrom(receipt.height + 4)
    const { endedAtHeight, signedHeight } = status['olderCopy'] as Record<string, number>
    assert.ok(endedAtHeight! < receipt.height && receipt.height < signedHeight!, JSON.stringify(status['olderCopy']))
    assert.equal(await cluster.clientOf(LAST).receipt(id), undefined)
    const committed = await cluster.clientOf(LAST).untilCommitted(promised)
    assert.equal(committed.id, id)
    assert.equal((await cluster.clientOf(0).untilCommitted(promised)).receipt.index, committed.receipt.index)
  })

  it('[HOME-4] comes back from an empty home by replay, with its keys, and signs again', async () => {
    const member = cluster.member(LAST)
    await member.stop()
    await emptyHome(member.place.home, { forgetsPromises: false, nowMs: Date.now() })
    await member.start()
    // With one of the others gone there is no block without its vote.
    await cluster.untilAll('it is back', ({ catchingUp }) => !catchingUp, { among: [LAST] })
    await cluster.member(0).stop()
    await cluster.advance(3, [1, 2, LAST])
    await cluster.member(0).start()
    await cluster.advance(1)
    await cluster.agree()
  })
})
