import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { toHex } from '@dujiang/core/crypto'
import { type Decision, readDecision, writeDecision } from '../../../src/engine/comet/record.ts'
import { MemoryJournals, openJournal } from '../../../src/store/index.ts'
import { DrivenNode, drivenRig } from './decided-rig.ts'
import { Rig, alice } from '../rig.ts'

async function recordsIn(rig: Rig): Promise<Uint8Array[]> {
  const journal = await openJournal(rig.mount(), 'node/journal')
  const records: Uint8Array[] = []
  for await (const { payload } of journal.records()) records.push(payload)
  await journal.close()
  return records
}

/** The only segment of the journal of a node that has it open. */
async function segmentOf(rig: Rig): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const disk = rig.mount()
  const name = (await disk.list('node/journal')).find((each) => !each.includes('lock')) as string
  const file = await disk.open(`node/journal/${name}`)
  const bytes = await file.read(0, await file.size())
  await file.close()
  return { name, bytes }
}

const heightsOf = (records: readonly Uint8Array[]): number[] =>
  records.map((record) => (readDecision(record) as Decision).height)

async function replay(rig: Rig, records: readonly Uint8Array[]): Promise<DrivenNode> {
  const journal = await new MemoryJournals().open('journal')
  await journal.append(records)
  return DrivenNode.open(rig, { journal })
}

describe('the record of a decided block', () => {
  it('[REC-2] has one form, which reading gives back, and is refused with a reason when it is cut', async () => {
    const { rig, node, block } = await drivenRig()
    await block(rig.mix(1), rig.mix(2))
    await node.close()
    const [record] = await recordsIn(rig)
    assert.ok(record !== undefined)
    const whole = readDecision(record)
    assert.ok(typeof whole !== 'string')
    assert.deepEqual(Buffer.from(writeDecision(whole)), Buffer.from(record))
    for (let length = 0; length < record.length; length++) {
      const cut = readDecision(record.subarray(0, length))
      assert.ok(typeof cut === 'string' || cut.txs.length < whole.txs.length, `${length} bytes`)
    }
  })

  it('[REC-2] carries the faults of validators', async () => {
    const { rig, node, block } = await drivenRig()
    await block(rig.mix(1))
    await node.close()
    const decision = readDecision((await recordsIn(rig))[0] as Uint8Array) as Decision
    const fault = {
      kind: 'lightClientAttack',
      address: 'cd'.repeat(20),
      height: 7,
      timeMs: -1,
      power: 0,
      totalPower: 3,
    }
    const accused = { ...decision, misbehaviour: [fault as Decision['misbehaviour'][number]] }
    const read = readDecision(writeDecision(accused)) as Decision
    assert.deepEqual(read.misbehaviour, [fault])
    assert.deepEqual(Buffer.from(writeDecision(read)), Buffer.from(writeDecision(accused)))
  })
})

describe('a journal of decisions', () => {
  it('[CMT-9] holds the blocks with an effect, and every thousandth of the others', async () => {
    const { rig, node, block } = await drivenRig()
    await block()
    await block(rig.mix(1))
    for (let quiet = 0; quiet < 2_001; quiet++) await block()
    assert.equal(node.keeper.recordedHeight, 2_002)
    await block(rig.mix(2))
    await node.close()
    assert.deepEqual(heightsOf(await recordsIn(rig)), [2, 1_002, 2_002, 2_004])
  })

  it('[CMT-9] records a block without transactions in which something fell due', async () => {
    const { rig, node, block } = await drivenRig()
    const atMs = rig.clock.nowMs() + 3_500
    await block(rig.act(alice, 'alarm.set', { alarm: 'A', atMs, onRing: [] }))
    for (let height = 2; height <= 6; height++) await block()
    await node.close()
    assert.deepEqual(heightsOf(await recordsIn(rig)), [1, 4])
  })

  it('[CMT-8] recovers to the last record, and takes the blocks after it once more, to the same state', async () => {
    const { rig, node, chain, block } = await drivenRig()
    const decided = [await block(rig.mix(1)), await block(), await block(), await block(rig.mix(2)), await block()]
    await node.close()
    const again = await DrivenNode.open(rig)
    assert.equal(again.ledger.tip.height, 4)
    assert.equal(again.ledger.tip.timeMs, node.ledger.tip.timeMs - 1_000)
    assert.equal(Number((await again.abci.info({} as never)).lastBlockHeight), 4)
    await again.take(decided[4] as (typeof decided)[number])
    assert.equal(toHex(again.ledger.tip.appHash), toHex(chain.ledger.tip.appHash))
    assert.equal(again.ledger.tip.height, 5)
  })

  it('[CMT-11] hands over once what it held: who goes after the blocks keeps what it needs', async () => {
    const { rig, node, block } = await drivenRig()
    for (const txs of [[rig.mix(1)], [], [rig.mix(2)]]) await block(...txs)
    await node.close()
    const again = await DrivenNode.open(rig)
    assert.deepEqual(
      again.keeper.takePassedBefore().map(({ height }) => height),
      [1, 3],
    )
    assert.deepEqual(again.keeper.takePassedBefore(), [])
    await again.close()
  })

  it('[CMT-8] whose last record is torn recovers to the one before, wherever it is torn', async () => {
    const { rig, node, block } = await drivenRig()
    await block(rig.mix(1))
    const segment = await segmentOf(rig)
    const before = segment.bytes.length
    const second = await block(rig.mix(2))
    const { name, bytes } = await segmentOf(rig)
    for (let length = before; length < bytes.length; length += 31) {
      const torn = new Rig({}, {}, length)
      const disk = torn.mount()
      await disk.makeDir('node/journal')
      const copy = await disk.open(`node/journal/${name}`)
      await copy.write(0, bytes.subarray(0, length))
      await copy.datasync()
      await copy.close()
      const recovered = await DrivenNode.open(torn)
      assert.equal(recovered.ledger.tip.height, 1, `${length} bytes are left`)
      await recovered.take(second)
      assert.equal(toHex(recovered.ledger.tip.appHash), toHex(node.ledger.tip.appHash))
      await recovered.close()
    }
  })

  it('[CMT-9] with a record changed anywhere does not open, or opens to the same state', async () => {
    const { rig, node, block } = await drivenRig()
    await block(rig.mix(1))
    await block(rig.mix(2), rig.mix(3))
    await node.close()
    const records = await recordsIn(rig)
    const last = records[1] as Uint8Array
    let refused = 0
    for (let at = 0; at < last.length; at += 13) {
      const changed = last.slice()
      changed[at] = (changed[at] as number) ^ 1
      const opened = await replay(rig, [records[0] as Uint8Array, changed]).catch((error: Error) => error.message)
      if (typeof opened === 'string') {
        assert.match(opened, /^journal: record 2: /)
        refused += 1
      } else assert.equal(toHex(opened.ledger.tip.appHash), toHex(node.ledger.tip.appHash), `byte ${at}`)
    }
    assert.ok(refused > 20)
  })

  it('[CMT-9] with a height taken in twice does not open', async () => {
    const { rig, node, block } = await drivenRig()
    await block(rig.mix(1))
    await node.close()
    const [record] = (await recordsIn(rig)) as [Uint8Array]
    await assert.rejects(replay(rig, [record, record]), /record 2: height 1 after 1/)
  })

  it('[CMT-8] on a full disk fails the commit and leaves the ledger as it was', async () => {
    const { rig, node, chain, block } = await drivenRig()
    await block(rig.mix(1))
    const before = toHex(node.ledger.tip.appHash)
    rig.disk.conditions.capacityBytes = 0
    const decided = chain.next([rig.mix(2)], rig.clock.nowMs() + 1)
    await node.blocks.execute(decided)
    await assert.rejects(node.blocks.commit(), /ENOSPC/)
    assert.equal(toHex(node.ledger.tip.appHash), before)
    assert.equal(node.keeper.receipts.size, 1)
    rig.disk.conditions.capacityBytes = 2 ** 40
    await node.close().catch(() => undefined)
    const again = await DrivenNode.open(rig)
    await again.take(decided)
    assert.equal(toHex(again.ledger.tip.appHash), toHex(chain.ledger.tip.appHash))
  })

  it('[KEEP-4] gives the transactions of a block from memory and from disk', async () => {
    const { rig, node, block } = await drivenRig()
    const { txs } = await block(rig.mix(1), rig.mix(2))
    await block()
    const plain = (list: readonly Uint8Array[] | undefined) => list?.map((each) => toHex(each))
    assert.deepEqual(plain(await node.keeper.txs(1)), plain(txs))
    assert.equal(await node.keeper.txs(2), undefined)
    await node.close()
    const again = await DrivenNode.open(rig)
    assert.deepEqual(plain(await again.keeper.txs(1)), plain(txs))
  })
})
