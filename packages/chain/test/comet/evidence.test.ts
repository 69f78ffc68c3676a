import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fromHex, toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import {
  addressOf,
  blockIdOf,
  commitFromJson,
  decodeEvidence,
  doubleVoteFault,
  encodeEvidence,
  encodeLightBlock,
  evidenceHash,
  headerFromJson,
  PRECOMMIT,
  readEvidence,
  type SentVote,
  voteSignBytes,
} from '../../src/comet/index.ts'
import { mutationsOf } from './mutations.ts'
import { blockAt, CHAIN_ID, party } from './test-chain.ts'

const { sha256 } = nodeCrypto
// Made with the engine's own types (CometBFT v0.40.0): two double votes, two light client attacks, a block that carries all four.
const vectors = JSON.parse(readFileSync(new URL('vectors/evidence.json', import.meta.url), 'utf8')) as Vectors
const cases = vectors.evidence.map(({ title, raw, misbehaviours }) => ({ title, raw: fromHex(raw), misbehaviours }))

describe('evidence in a block', () => {
  for (const { title, raw, misbehaviours } of cases) {
    it(`[COMET-17] says what the engine tells the application: ${title}`, () => {
      assert.deepEqual(readEvidence(sha256, raw), misbehaviours)
    })

    it(`[COMET-17] has one form: ${title}`, () => {
      const evidence = decodeEvidence(raw)
      assert.ok(typeof evidence !== 'string')
      assert.deepEqual(encodeEvidence(evidence), raw)
    })
  }

  it('[COMET-16] is hashed as the engine hashes it, from none to all', () => {
    for (const [count, hash] of vectors.evidenceHashOfFirst.entries()) {
      const raw = cases.slice(0, count).map((one) => one.raw)
      assert.equal(toHex(evidenceHash(sha256, raw)), hash)
    }
  })

  it('[COMET-6] is part of what a block is cut into', () => {
    const [header, lastCommit] = [headerFromJson(vectors.block.header), commitFromJson(vectors.block.lastCommit)]
    assert.ok(header.ok && lastCommit.ok)
    const evidence = cases.map(({ raw }) => raw)
    const block = { header: header.value, txs: [fromHex(vectors.block.tx)], lastCommit: lastCommit.value, evidence }
    const { hash, parts } = blockIdOf(sha256, block)
    assert.equal(toHex(hash), vectors.block.hash)
    assert.deepEqual([parts.total, toHex(parts.hash)], [vectors.block.partsTotal, vectors.block.partsHash])
  })

  it('[COMET-17] is refused or says something else when any byte of it changes, and never breaks the reader', () => {
    for (const { raw } of cases) {
      const evidence = decodeEvidence(raw)
      for (let at = 0; at < raw.length; at++) {
        for (let bit = 0; bit < 8; bit++) {
          const changed = decodeEvidence(raw.with(at, raw[at]! ^ (1 << bit)))
          assert.notDeepEqual(changed, evidence, `byte ${at}`)
          if (typeof changed !== 'string')
            assert.deepEqual(encodeEvidence(changed), raw.with(at, raw[at]! ^ (1 << bit)))
        }
        assert.equal(typeof decodeEvidence(raw.slice(0, at)), 'string')
      }
      assert.equal(typeof decodeEvidence(Uint8Array.of(...raw, 0)), 'string')
    }
  })

  it('[COMET-17] names nobody by an address that is not of the key', () => {
    const attack = decodeEvidence(cases[2]!.raw)
    assert.ok(typeof attack !== 'string' && attack.kind === 'lightClientAttack')
    const [first, ...rest] = attack.byzantine
    const stranger = { ...first!, address: rest[0]!.address }
    const raw = encodeEvidence({ ...attack, byzantine: [stranger, ...rest] })
    assert.equal(typeof readEvidence(sha256, raw), 'string')
  })

  it('[COMET-17] reads each number in one spelling', () => {
    const spellings: [string, string][] = [
      ['', 'field 2 is missing'],
      ['0a', 'the bytes end inside a number'],
      ['0a05', 'a length at byte 2 leads outside'],
      ['0a8000', 'a number is longer than it need be'],
      ['0affffffffffffffffffff01', 'a number is longer than ten bytes'],
      ['0a80808080808080808002', 'a number has more than 64 bits'],
      ['0a80808080808080807f', 'a number has more than 53 bits'],
      ['1200', 'field 1 is missing'],
      ['1a00', 'field 2 is missing'],
    ]
    for (const [raw, reason] of spellings) assert.equal(decodeEvidence(fromHex(raw)), reason, raw)
  })
})

describe('a light block in evidence', () => {
  it('[COMET-17] is encoded as the engine does it', () => {
    const attack = decodeEvidence(cases[2]!.raw)
    assert.ok(typeof attack !== 'string' && attack.kind === 'lightClientAttack')
    const [header, commit] = [headerFromJson(vectors.lightBlock.header), commitFromJson(vectors.block.lastCommit)]
    assert.ok(header.ok && commit.ok)
    const set = vectors.lightBlock.validators.map(({ address, publicKey, power, priority }) => {
      return { address: fromHex(address), publicKey: fromHex(publicKey), power, priority }
    })
    const proposer = set.find(({ address }) => toHex(address) === toHex(header.value.proposerAddress))
    const encoded = encodeLightBlock({ header: header.value, commit: commit.value }, set, proposer!)
    assert.deepEqual(encoded, attack.conflictingBlock)
  })
})

describe('two votes of one validator', () => {
  const { signer } = party(1, 1)
  const sent = (height: number, over: Partial<SentVote> = {}): SentVote => {
    const blockId = blockIdOf(sha256, blockAt(height, [party(1, 1)]))
    const address = addressOf(sha256, signer.publicKey)
    const time = { seconds: 1_760_000_000, nanos: height }
    const none = new Uint8Array(0)
    const vote = { type: PRECOMMIT, height: 9, round: 1, blockId, time, address, index: 0, ...over }
    const signature = signer.sign(voteSignBytes(CHAIN_ID, vote))
    return { ...vote, signature, extension: none, extensionSignature: none, ...over }
  }
  const fault = (first: SentVote, second: SentVote) =>
    doubleVoteFault(nodeCrypto, CHAIN_ID, signer.publicKey, [first, second])

  it('[COMET-18] prove a double vote when they are for two blocks, or for one and for none', () => {
    assert.equal(fault(sent(2), sent(3)), undefined)
    assert.equal(fault(sent(2), sent(3, { blockId: undefined })), undefined)
    for (const { raw } of cases.slice(0, 2)) {
      const evidence = decodeEvidence(raw)
      assert.ok(typeof evidence !== 'string' && evidence.kind === 'duplicateVote')
      const key = vectors.publicKeys
        .map(fromHex)
        .find((one) => toHex(addressOf(sha256, one)) === toHex(evidence.votes[0].address))
      assert.equal(doubleVoteFault(nodeCrypto, vectors.chainId, key!, evidence.votes), undefined)
    }
  })

  it('[COMET-18] prove nothing in another height, round, step or chain, from others, for one block, or unsigned', () => {
    assert.equal(fault(sent(2), sent(3, { height: 10 })), 'votesOfDifferentPlaces')
    assert.equal(fault(sent(2), sent(3, { round: 2 })), 'votesOfDifferentPlaces')
    assert.equal(fault(sent(2), sent(3, { type: 1 })), 'votesOfDifferentPlaces')
    assert.equal(fault(sent(2), sent(2, { time: { seconds: 5, nanos: 0 } })), 'sameBlock')
    assert.equal(fault(sent(2), sent(3, { address: new Uint8Array(20) })), 'notItsVotes')
    assert.equal(fault(sent(2), { ...sent(3), signature: sent(2).signature }), 'signatureWrong')
    assert.equal(doubleVoteFault(nodeCrypto, 'other', signer.publicKey, [sent(2), sent(3)]), 'signatureWrong')
  })

  it('[COMET-18] prove nothing any more when any signed byte of one changes', () => {
    const [first, second] = [sent(2), sent(3)]
    const { index: _, extension: _e, extensionSignature: _s, ...signed } = second
    for (const { at, value } of mutationsOf(signed)) {
      assert.notEqual(fault(first, { ...second, ...value }), undefined, at)
      assert.notEqual(fault({ ...second, ...value }, first), undefined, at)
    }
  })
})

type Vectors = {
  readonly chainId: string
  readonly publicKeys: readonly string[]
  readonly evidence: readonly { readonly title: string; readonly raw: string; readonly misbehaviours: unknown }[]
  readonly evidenceHashOfFirst: readonly string[]
  readonly block: {
    readonly header: unknown
    readonly lastCommit: unknown
    readonly tx: string
    readonly hash: string
    readonly partsHash: string
    readonly partsTotal: number
  }
  readonly lightBlock: {
    readonly header: unknown
    readonly validators: readonly {
      readonly address: string
      readonly publicKey: string
      readonly power: number
      readonly priority: number
    }[]
  }
}
