import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Audit, type Commit, type Header, Ledger, msFromTime } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { trivialApp } from '@dujiang/testing/trivial'
import { Archive } from '../../../src/engine/comet/archive.ts'
import type { Passed } from '../../../src/engine/comet/comet-keeper.ts'
import { type BlockSource, Follower } from '../../../src/engine/comet/follower.ts'
import { type Journal, MemoryJournals } from '../../../src/store/index.ts'
import { Chain, type DrivenNode, drivenRig } from './decided-rig.ts'
import type { Rig } from '../rig.ts'

type Given = { readonly header: Header; readonly commit: Commit; readonly canonical: boolean }

/** A driven node with a follower behind it, whose source can be made to answer otherwise. */
async function followed(before: { readonly seals?: Journal; readonly passed?: readonly Passed[] } = {}) {
  const driven = await drivenRig()
  const { node, chain, rig } = driven
  const seals = before.seals ?? (await new MemoryJournals().open('seals'))
  const archive = await Archive.open(seals)
  const over: { commit?: (given: Given) => Given; evidence?: readonly Uint8Array[] } = {}
  const source: BlockSource = {
    commit: async (height) => {
      const given = await chain.commit(height)
      return over.commit?.(given) ?? given
    },
    validators: () => chain.validators(),
    evidence: async () => over.evidence ?? (await chain.evidence()),
  }
  const heads: number[] = []
  const follower = new Follower(
    node.ledger,
    archive,
    source,
    rig.clock,
    async ({ header }) =>
      () =>
        heads.push(header.height),
  )
  const passed: Passed[] = []
  node.keeper.onPassed = (block) => {
    passed.push(block)
    follower.pass(block)
  }
  const settled = (): Promise<void> => rig.pass(0)
  return { ...driven, archive, seals, follower, over, heads, passed, settled }
}

describe('what follows the blocks', () => {
  it('[CMT-10] keeps the seals of blocks with an effect, of those after and of those before them', async () => {
    const { rig, block, archive, settled, follower } = await followed()
    for (let height = 1; height <= 12; height++) {
      await (height === 4 || height === 8 || height === 9 ? block(rig.mix(height)) : block())
      await settled()
    }
    assert.deepEqual(archive.heights, [1, 3, 4, 5, 7, 8, 9, 10])
    assert.equal(follower.owes, undefined)
    assert.equal(follower.stand.trouble, undefined)
  })

  it('[CMT-10] keeps enough: an audit of what is kept leads to the same state', async () => {
    const { rig, block, archive, settled, node } = await followed()
    for (let height = 1; height <= 30; height++) {
      await (height % 7 === 3 || height % 11 === 0 ? block(rig.mix(height), rig.mix(height + 1)) : block())
      await settled()
    }
    const audit = new Audit(trivialApp(), nodeCrypto, rig.genesisBytes)
    for (const height of archive.heights) {
      const seal = await archive.get(height)
      assert.ok(seal !== undefined)
      const fault = audit.ledger.replay({ ...seal, txs: (await node.keeper.txs(height)) ?? [] })
      assert.ok(typeof fault !== 'string', `block ${height}: ${fault as string}`)
      audit.ledger.commit(fault, seal.commit)
    }
    assert.equal(hex(audit.ledger.tip.appHash), hex(node.ledger.tip.appHash))
  })

  it('[CMT-11] takes in the newest header at once, and makes receipts provable with the next', async () => {
    const { rig, block, node, heads, settled } = await followed()
    await block(rig.mix(1))
    await settled()
    assert.equal(node.ledger.head?.receipts.size, 0)
    await block()
    await settled()
    assert.equal(node.ledger.head?.receipts.size, 1)
    assert.deepEqual(heads, [1, 2])
  })

  it('[CMT-15] prepares what goes with a head while the one before stands, and changes both in one turn', async () => {
    const { rig, node, chain, block } = await drivenRig()
    const archive = await Archive.open(await new MemoryJournals().open('seals'))
    const told: string[] = []
    const follower = new Follower(node.ledger, archive, chain, rig.clock, async ({ header }) => {
      told.push(`${header.height} before ${headOf(node)}`)
      queueMicrotask(() => told.push(`a turn with ${headOf(node)}`))
      await Promise.resolve()
      return () => told.push(`${header.height} is ${headOf(node)}`)
    })
    node.keeper.onPassed = (passed) => follower.pass(passed)
    await block(rig.mix(1))
    await rig.pass(0)
    assert.deepEqual(told, ['1 before undefined', 'a turn with undefined', '1 is 1'])
  })

  it('[CMT-11] keeps no commit that may still change', async () => {
    const { rig, block, archive, over, settled, follower } = await followed()
    over.commit = (given) => ({ ...given, canonical: false })
    await block(rig.mix(1))
    await block()
    await block()
    await settled()
    assert.deepEqual(archive.heights, [])
    assert.equal(follower.owes, 1)
    delete over.commit
    await block()
    await settled()
    assert.deepEqual(archive.heights, [1, 2])
  })

  it('[CMT-11] goes on asking an engine that does not answer, while the ledger goes on', async () => {
    const { rig, block, archive, over, settled, follower, node } = await followed()
    over.commit = (): Given => {
      throw new Error('nobody is there')
    }
    await block(rig.mix(1))
    await block(rig.mix(2))
    await block()
    await settled()
    assert.deepEqual(follower.stand, { behind: 3, trouble: 'nobody is there' })
    assert.equal(node.ledger.tip.height, 3)
    assert.equal(headOf(node), undefined)
    delete over.commit
    await rig.pass(300)
    assert.equal(follower.stand.trouble, undefined)
    assert.deepEqual(archive.heights, [1, 2])
    assert.equal(headOf(node), 3)
    await block()
    await settled()
    assert.deepEqual(archive.heights, [1, 2, 3])
  })

  const wrongs: Readonly<Record<string, (given: Given) => Given>> = {
    'another header': (given) => ({
      ...given,
      header: { ...given.header, lastCommitHash: new Uint8Array(32) },
    }),
    'a commit without signatures': (given) => ({ ...given, commit: { ...given.commit, signatures: [] } }),
    'the commit of another block': (given) => ({
      ...given,
      commit: { ...given.commit, height: given.commit.height + 1 },
    }),
    'a header of another state': (given) => ({ ...given, header: { ...given.header, appHash: new Uint8Array(32) } }),
    'a header of other validators': (given) => ({
      ...given,
      header: { ...given.header, validatorsHash: new Uint8Array(32) },
    }),
  }
  for (const [what, change] of Object.entries(wrongs)) {
    it(`[CMT-11] neither keeps nor takes in ${what}`, async () => {
      const { rig, block, archive, over, settled, follower, node } = await followed()
      await block(rig.mix(1))
      over.commit = change
      await block(rig.mix(2))
      await block()
      await settled()
      assert.deepEqual(archive.heights, [])
      assert.notEqual(follower.stand.trouble, undefined)
      assert.ok((node.ledger.head?.header.height ?? 0) <= 1)
      delete over.commit
      await rig.pass(300)
      assert.deepEqual(archive.heights, [1, 2])
    })
  }

  it('[CMT-11] keeps no other evidence than the header commits to', async () => {
    const { rig, node, block, chain, archive, over, settled, follower } = await followed()
    const proof = (byte: number): Uint8Array => Uint8Array.of(0x0a, 1, byte)
    over.evidence = [proof(2)]
    await node.take(chain.next([rig.mix(1)], rig.clock.nowMs(), [proof(1)]))
    await block()
    await settled()
    assert.deepEqual(archive.heights, [])
    assert.match(String(follower.stand.trouble), /evidence/)
    over.evidence = [proof(1)]
    await rig.pass(300)
    assert.deepEqual(archive.heights, [1])
    assert.deepEqual((await archive.get(1))?.evidence, [proof(1)])
  })

  it('[CMT-10] makes up after a restart for what it had not kept, blocks left out of the journal included', async () => {
    const { rig, block, node, chain, passed, settled } = await followed()
    for (const amount of [0, 1, 0, 0, 0, 2, 0, 0]) await (amount === 0 ? block() : block(rig.mix(amount)))
    await settled()
    const archive = await Archive.open(await new MemoryJournals().open('empty'))
    const again = new Follower(node.ledger, archive, chain, rig.clock, async () => () => undefined)
    // As a node begins: what the journal holds, and then what the engine hands over once more.
    for (const each of passed.filter(({ quiet }) => !quiet)) again.pass(each)
    for (const each of passed.filter(({ height }) => height > 6)) again.pass(each)
    await settled()
    assert.deepEqual(archive.heights, [1, 2, 3, 5, 6, 7])
    again.stop()
  })

  it('[CMT-10] asks for nothing below the height at which the node has joined: its engine does not have it', async () => {
    const { rig, chain, settled } = await followed()
    const givers = new Chain(rig.genesisBytes)
    for (const each of [chain, givers]) for (let second = 1; second <= 3; second++) each.next([], at(rig, second))
    const { state, receiptLog, tip } = givers.ledger
    const ledger = new Ledger(trivialApp(), nodeCrypto, rig.genesisBytes, undefined, { state, receiptLog, tip })
    const archive = await Archive.open(await new MemoryJournals().open('joined'))
    const asked: number[] = []
    const source: BlockSource = {
      commit: (height) => (asked.push(height), chain.commit(height)),
      validators: () => chain.validators(),
      evidence: () => chain.evidence(),
    }
    const follower = new Follower(ledger, archive, source, rig.clock, async () => () => undefined)
    for (const txs of [[rig.mix(1)], [], []]) {
      const { height, time, hash } = chain.next(txs, at(rig, chain.sealed.length + 1))
      ledger.advance(ledger.execute({ timeMs: msFromTime(time), txs }))
      follower.pass({ height, hash, quiet: txs.length === 0, reseats: false })
      await settled()
    }
    assert.deepEqual(archive.heights, [4, 5])
    assert.ok(Math.min(...asked) > 3)
  })

  it('[CMT-10] keeps the first block of a new set, also when the journal leaves it out', async () => {
    const { rig, block, node, chain, passed, settled } = await followed()
    for (const amount of [1, 0, 0, 0, 0, 0, 2, 0, 0]) await (amount === 0 ? block() : block(rig.mix(amount)))
    await settled()
    for (const keptAll of [true, false]) {
      const archive = await Archive.open(await new MemoryJournals().open('empty'))
      const again = new Follower(node.ledger, archive, chain, rig.clock, async () => () => undefined)
      for (const each of passed) {
        if (keptAll || !each.quiet) again.pass({ ...each, reseats: each.height === 1 })
      }
      await settled()
      assert.deepEqual(archive.heights, keptAll ? [1, 2, 3, 6, 7, 8] : [1, 2, 3, 6, 7])
      again.stop()
    }
  })
})

describe('the archive of seals', () => {
  it('[REC-3] reads back what it was given, after a restart too, and takes nothing out of order', async () => {
    const { rig, block, archive, seals, chain, settled } = await followed()
    await block(rig.mix(1))
    await block(rig.mix(2))
    await block()
    await settled()
    const evidence = [Uint8Array.of(1, 2, 3)]
    const { txs: _txs, ...third } = chain.sealed[2]!
    await archive.add([{ ...third, evidence }])
    const again = await Archive.open(seals)
    assert.deepEqual(again.heights, [1, 2, 3])
    assert.equal(again.lastHeight, 3)
    assert.ok(again.has(2) && !again.has(4))
    assert.deepEqual(
      [1, 2, 3, 4, 9].map((height) => again.lastBelow(height)),
      [undefined, 1, 2, 3, 3],
    )
    const { txs: _none, ...second } = chain.sealed[1]!
    assert.deepEqual(await again.get(2), second)
    assert.deepEqual((await again.get(3))?.evidence?.map(hex), ['010203'])
    assert.equal(await again.get(4), undefined)
    await assert.rejects(again.add([third]), /block 3 after 3/)
  })
})

const at = (rig: Rig, second: number): number => rig.clock.nowMs() + second * 1_000

const headOf = ({ ledger }: DrivenNode): number | undefined => ledger.head?.header.height

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
