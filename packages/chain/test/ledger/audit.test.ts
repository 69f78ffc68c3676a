import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { nodeCrypto } from '@dujiang/crypto/node'
import { actorOf, signerOf, trivialApp, trivialGenesis } from '@dujiang/testing/trivial'
import { Audit, readSealedBlock, writeSealedBlock } from '../../src/index.ts'
import { around, flips } from '../support/flips.ts'
import { START_MS, TestLedger, sealed } from '../support/test-ledger.ts'

const a = actorOf('A')
const b = actorOf('B', 'sm2')

/** Acts taken and refused, something that falls due, bytes that are no act, a quiet block. */
function smallChain(): TestLedger {
  const test = new TestLedger([a, b])
  const onRing = [{ does: 'set', alarm: 'y', atMs: START_MS + 9_000 }]
  test.block([test.act(a, 'alarm.set', { alarm: 'x', atMs: START_MS + 2_500, onRing }), test.mix(b, 'T', 4)])
  test.block([test.mix(a, 'T', -1), Uint8Array.of(1, 2, 3)])
  test.block([test.mix(a, 'T', 5)])
  test.block([])
  return test
}

const auditOf = (test: TestLedger) => new Audit(trivialApp(), nodeCrypto, test.genesisBytes)

describe('audit', () => {
  const chain = smallChain()

  it('[AUDIT-1] goes through a good chain and ends where its node ended', () => {
    const audit = auditOf(chain)
    for (const [index, line] of chain.lines.entries()) {
      assert.equal(audit.nextHeight, index + 1)
      assert.equal(audit.next(line), undefined)
    }
    assert.deepEqual(audit.ledger.tip, chain.ledger.tip)
    assert.deepEqual(
      audit.trusts.map(({ org, power }) => ({ org, power })),
      [{ org: 'ENGINE', power: 10 }],
    )
  })

  it('[AUDIT-1] reports every changed byte at its height, the last block’s commit included', () => {
    const audit = auditOf(chain)
    let tried = 0
    for (const line of chain.lines) {
      for (const [at, changed] of flips(line)) {
        tried++
        const height = audit.nextHeight
        const finding = audit.next(changed)
        assert.ok(finding !== undefined, `block ${height}, byte ${at} was not missed: ${around(changed, at)}`)
        assert.equal(audit.nextHeight, height)
      }
      assert.equal(audit.next(line), undefined)
    }
    assert.ok(tried > 4_000)
  })

  it('[AUDIT-1] reports a block left out, repeated, cut or with something added', () => {
    const [first, second] = chain.lines as [Uint8Array, Uint8Array]
    const audit = auditOf(chain)
    assert.equal(audit.next(second), 'block 1 is missing')
    assert.equal(audit.next(first), undefined)
    assert.equal(audit.next(first), 'header.height is 1, not 2')
    assert.match(audit.next(second.subarray(0, -1)) ?? '', /at byte/)
    assert.match(audit.next(Uint8Array.from([...second, 32])) ?? '', /at byte/)
    assert.equal(audit.next(second), undefined)
  })

  it('[REPLAY-1] names the field of the header that is not what the chain before it makes it', () => {
    const [line] = chain.lines as [Uint8Array]
    const block = readSealedBlock(line)
    if (typeof block === 'string') throw new Error(block)
    const zero = new Uint8Array(32).fill(7)
    const { header } = block
    const changes = {
      appHash: zero,
      chainId: 'dujiang-other',
      consensusHash: zero,
      dataHash: zero,
      evidenceHash: zero,
      lastBlockId: { hash: zero, parts: { total: 1, hash: zero } },
      lastCommitHash: zero,
      lastResultsHash: zero,
      nextValidatorsHash: zero,
      validatorsHash: zero,
      version: { block: 11, app: 2 },
    }
    for (const [field, value] of Object.entries(changes)) {
      const changed = writeSealedBlock({ ...block, header: { ...header, [field]: value } })
      assert.equal(auditOf(chain).next(changed), `header.${field} differs`)
    }
    const early = writeSealedBlock({ ...block, header: { ...header, time: { seconds: 0, nanos: 0 } } })
    assert.match(auditOf(chain).next(early) ?? '', /^header.time 0 is not after/)
    // What a proposer may choose is in the header's hash, which the commit signs.
    const later = writeSealedBlock({ ...block, header: { ...header, time: { ...header.time, nanos: 1 } } })
    assert.equal(auditOf(chain).next(later), 'commit: commitBlockWrong')
  })

  it('[REPLAY-1] refuses a proposer that is no validator, whoever has signed', () => {
    const { ledger } = new TestLedger([a, b])
    for (const proposer of [new Uint8Array(20), new Uint8Array(0)]) {
      const decided = ledger.decide([], START_MS + 1, proposer)
      const line = writeSealedBlock({ header: decided.block.header, txs: [], commit: sealed(ledger, decided) })
      const finding = new Audit(trivialApp(), nodeCrypto, ledger.founded.bytes).next(line)
      assert.match(finding ?? '', /proposerAddress/)
    }
  })

  it('[REPLAY-1] refuses transactions left out, added or in another order', () => {
    const [line] = chain.lines as [Uint8Array]
    const block = readSealedBlock(line)
    if (typeof block === 'string') throw new Error(block)
    for (const txs of [block.txs.slice(1), block.txs.toReversed(), [...block.txs, Uint8Array.of(1)]]) {
      assert.equal(auditOf(chain).next(writeSealedBlock({ ...block, txs })), 'header.dataHash differs')
    }
  })

  it('[REPLAY-1] refuses a commit for other parts, by another key, or without signature', () => {
    const [line] = chain.lines as [Uint8Array]
    const block = readSealedBlock(line)
    if (typeof block === 'string') throw new Error(block)
    const { commit } = block
    const finding = (changed: typeof commit) => auditOf(chain).next(writeSealedBlock({ ...block, commit: changed }))
    const { blockId } = commit
    const parts = { ...blockId.parts, total: blockId.parts.total + 1 }
    assert.equal(finding({ ...commit, blockId: { ...blockId, parts } }), 'commit: commitSignatureWrong')
    assert.equal(finding({ ...commit, signatures: [] }), 'commit: commitCountWrong')
    const test = new TestLedger([a, b])
    const decided = test.decide([], START_MS + 1)
    const forged = { header: decided.block.header, txs: [], commit: sealed(test.ledger, decided, signerOf('impostor')) }
    assert.equal(auditOf(test).next(writeSealedBlock(forged)), 'commit: commitAddressWrong')
  })

  it('[AUDIT-1] judges by the genesis file it was given: under another one nothing holds', () => {
    const other = new Audit(trivialApp(), nodeCrypto, trivialGenesis([a, b], { name: 'another' }))
    assert.equal(other.next(chain.lines[0] as Uint8Array), 'header.chainId differs')
  })
})
