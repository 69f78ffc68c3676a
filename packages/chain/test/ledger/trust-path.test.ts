import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Json } from '@dujiang/core/codec'
import { fromHex, toHex } from '@dujiang/core/crypto'
import { nobleCrypto } from '@dujiang/crypto/noble'
import { nodeCrypto } from '@dujiang/crypto/node'
import { commitOf, Headers, type HeadersOptions, type Party, party, validatorsOf } from '@dujiang/testing/light'
import { actorOf, tallyKey } from '@dujiang/testing/trivial'
import {
  chainIdOf,
  type LightBlock,
  proveState,
  signedHeaderFromJson,
  signedHeaderToJson,
  type StateProof,
  TRUST_PATH_MAX,
  trustPath,
  type Unverified,
  verifySignedHeader,
  verifyState,
  writeStateProof,
} from '../../src/index.ts'
import { around, flips } from '../support/flips.ts'
import { TestLedger } from '../support/test-ledger.ts'

const partiesOf = (...numbers: readonly number[]): readonly Party[] => numbers.map((number) => party(number, 1))
const founders = partiesOf(0, 1, 2, 3)

/** One of four is exchanged at 20, three of four at 40 (a third is not enough to follow), one again at 60. */
function partiesAt(height: number): readonly Party[] {
  if (height < 20) return founders
  if (height < 40) return partiesOf(0, 1, 2, 4)
  return height < 60 ? partiesOf(0, 5, 6, 7) : partiesOf(5, 6, 7, 8)
}

const actor = actorOf('A')
const named = (one: Party, place: number) => {
  const key = toHex(one.signer.publicKey)
  return { controller: `C${place}`, name: `founder ${place}`, org: `ORG${place}`, key, power: one.power }
}
const test = new TestLedger([actor], { validators: founders.map(named) })
const { founded } = test.ledger
test.block([test.mix(actor, 'T', 4)])
test.block([])
const row = proveState(test.ledger, tallyKey('T'))!

const options: HeadersOptions = {
  chainId: chainIdOf(fromHex(founded.chain)),
  heights: 70,
  partiesAt,
  changes: () => ({ appHash: row.header.appHash }),
}
const chain = new Headers(options)
const all = Array.from({ length: 70 }, (_, i) => chain.at(i + 1))
const heightsOf = (path: readonly LightBlock[] | undefined) => path?.map(({ header }) => header.height)
const pathTo = (height: number, available = all) => trustPath(nodeCrypto, founded, available, chain.at(height).header)

function proofAt(height: number, over: Partial<StateProof> = {}, of = chain): StateProof {
  const { header, commit } = of.at(height)
  const trust = pathTo(height)
  return { ...row, header, commit, ...(trust === undefined || trust.length === 0 ? {} : { trust }), ...over }
}

const stepOf = (verified: { readonly ok: boolean; readonly step?: string }) => verified.step
const verify = (proof: StateProof) => verifyState(nodeCrypto, founded, writeStateProof(proof))
function refused(proof: StateProof): string {
  const verified = verify(proof)
  return verified.ok ? 'holds' : `${(verified as Unverified).step}: ${(verified as Unverified).reason}`
}

describe('a way to the signers of a proof', () => {
  it('[PROOF-9] is empty while they are those of the genesis file, and as short as it can be after that', () => {
    assert.deepEqual(heightsOf(pathTo(19)), [])
    assert.equal(pathTo(25)!.length, 1)
    assert.equal(pathTo(70)!.length, 3)
    // What a node keeps at least: the header that names new validators, and the first they sign.
    const least = [19, 20, 39, 40, 59, 60].map((height) => chain.at(height))
    assert.deepEqual(heightsOf(pathTo(70, least)), [39, 40, 60])
    assert.equal(
      pathTo(
        70,
        [20, 40, 60].map((height) => chain.at(height)),
      ),
      undefined,
    )
    assert.equal(pathTo(70, []), undefined)
  })

  it('[PROOF-9] makes a file hold with nothing but the genesis file, and names every key it rests on', () => {
    for (const crypto of [nodeCrypto, nobleCrypto]) {
      const verified = verifyState(crypto, founded, writeStateProof(proofAt(70)))
      assert.ok(verified.ok, JSON.stringify(verified))
      assert.equal(verified.value, row.value)
      const trusted = verified.trusts.map(({ key }) => key)
      const keyOf = (number: number) => toHex(party(number, 1).signer.publicKey)
      assert.deepEqual(trusted.toSorted(), [0, 1, 2, 3, 4, 5, 6, 7, 8].map(keyOf).toSorted())
      assert.deepEqual(
        verified.trusts.slice(0, 4).map(({ org }) => org),
        ['ORG0', 'ORG1', 'ORG2', 'ORG3'],
      )
    }
    assert.ok(verify(proofAt(19)).ok)
  })

  it('[PROOF-7] is refused where it does not lead to the signers, or past the header', () => {
    const trust = pathTo(70)!
    assert.equal(
      refused(proofAt(70, { trust: trust.slice(0, 2) })),
      'validators: the header was made by other validators than the genesis file leads to',
    )
    assert.equal(refused(proofAt(70, { trust: trust.slice(1) })), 'validators: /trust/0 notEnoughTrust')
    assert.equal(refused(proofAt(70, { trust: [trust[0]!, trust[2]!] })), 'validators: /trust/1 notEnoughTrust')
    assert.equal(
      refused(proofAt(61, { trust: [...trust.slice(0, 2), chain.at(62)] })),
      'validators: the way leads past the header',
    )
    assert.equal(refused(proofAt(70, { trust: [trust[1]!, trust[0]!] })), 'validators: /trust/0 notEnoughTrust')
    assert.equal(refused(proofAt(70, { trust: [trust[0]!, trust[0]!] })), 'validators: /trust/1 heightNotHigher')
    const { trust: _, ...without } = proofAt(70)
    assert.match(refused(without), /^validators/)
  })

  it('[PROOF-9] refuses a link that exactly a third of those before signed, or two thirds of its own', () => {
    const three = new TestLedger([actor], { validators: partiesOf(0, 1, 2).map(named) })
    const chainId = chainIdOf(fromHex(three.ledger.founded.chain))
    const sets = (later: readonly Party[]) => (height: number) => (height < 20 ? partiesOf(0, 1, 2) : later)
    const reach = (later: readonly Party[], silent?: HeadersOptions['silent']) => {
      const headers = new Headers({ chainId, heights: 22, partiesAt: sets(later), ...(silent && { silent }) })
      return trustPath(nodeCrypto, three.ledger.founded, [headers.at(20)], headers.at(21).header)?.length
    }
    assert.equal(reach(partiesOf(0, 1, 5)), 1)
    assert.equal(reach(partiesOf(0, 4, 5)), undefined, 'one of three is exactly a third')
    const block = new Headers({ ...options, chainId, heights: 20, partiesAt: sets(partiesOf(0, 1, 5)) }).at(20)
    const set = partiesOf(0, 1, 5)
    const weak = { ...block, commit: commitOf(block.header, set, set.slice(0, 2)) }
    const proof = {
      ...proofAt(20),
      chain: three.ledger.chain.id,
      header: block.header,
      commit: block.commit,
      trust: [weak],
    }
    const verified = verifyState(nodeCrypto, three.ledger.founded, writeStateProof(proof))
    assert.ok(!verified.ok)
    assert.deepEqual([verified.step, verified.reason], ['validators', '/trust/0 commitPowerTooLow'])
  })

  it('[PROOF-9] refuses a link of another chain, with other validators than it names, or signed falsely', () => {
    const [first, ...rest] = pathTo(70)!
    const other = new Headers({ ...options, chainId: 'dujiang-other' })
    const bad: [Partial<LightBlock> | LightBlock, string][] = [
      [other.at(first!.header.height), 'chainIdWrong'],
      [{ validators: validatorsOf(founders) }, 'commitAddressWrong'],
      [{ validators: first!.validators.map((one) => ({ ...one, power: 2 })) }, 'validatorsHashWrong'],
      [{ commit: rest[0]!.commit }, 'commitHeightWrong'],
    ]
    for (const [change, reason] of bad) {
      assert.equal(
        refused(proofAt(70, { trust: [{ ...first!, ...change }, ...rest] })),
        `validators: /trust/0 ${reason}`,
      )
    }
    const [entry, ...entries] = first!.commit.signatures
    const forged = { ...entry!, signature: entries[0]!.signature }
    const commit = { ...first!.commit, signatures: [forged, ...entries] }
    assert.equal(
      refused(proofAt(70, { trust: [{ ...first!, commit }, ...rest] })),
      'validators: /trust/0 commitSignatureWrong',
    )
  })

  it('[PROOF-1] has one form, and is refused when any byte of it changes', () => {
    assert.match(refused(proofAt(19, { trust: [] })), /^form: \/trust/)
    const tooLong = Array.from({ length: TRUST_PATH_MAX + 1 }, () => chain.at(1))
    assert.match(refused(proofAt(70, { trust: tooLong })), /^form: \/trust/)
    // One founder, joined by a second: the smallest file with a way in it.
    const alone = new TestLedger([actor], { validators: partiesOf(0).map(named) })
    const itsFounded = alone.ledger.founded
    const sets = (height: number) => (height < 3 ? partiesOf(0) : partiesOf(0, 1))
    const headers = new Headers({
      ...options,
      chainId: chainIdOf(fromHex(itsFounded.chain)),
      heights: 4,
      partiesAt: sets,
    })
    const { header, commit } = headers.at(4)
    const file = writeStateProof({ ...row, chain: itsFounded.chain, header, commit, trust: [headers.at(3)] })
    assert.ok(verifyState(nodeCrypto, itsFounded, file).ok)
    for (const [at, changed] of flips(file)) {
      assert.ok(!verifyState(nodeCrypto, itsFounded, changed).ok, `byte ${at} was not missed: ${around(changed, at)}`)
    }
  })

  it('[PROOF-11] leads to a header that stands alone, whose every changed byte shows', () => {
    const { header, commit } = chain.at(45)
    const alone = { chain: founded.chain, header, commit, trust: pathTo(45) as readonly LightBlock[] }
    const json = signedHeaderToJson(alone) as unknown as Json
    const read = signedHeaderFromJson(json)
    assert.ok(typeof read !== 'string')
    const verified = verifySignedHeader(nodeCrypto, founded, read)
    assert.ok(verified.ok)
    assert.ok(verified.trusts.length > 4)
    const { trust: _, ...without } = alone
    assert.equal(stepOf(verifySignedHeader(nodeCrypto, founded, without)), 'validators')
    assert.equal(stepOf(verifySignedHeader(nodeCrypto, founded, { ...alone, chain: '0'.repeat(64) })), 'chain')
    assert.equal(stepOf(verifySignedHeader(nodeCrypto, founded, { ...alone, commit: chain.at(44).commit })), 'commit')
    assert.match(signedHeaderFromJson({ ...(json as object), more: 1 }) as string, /more/)
    assert.match(signedHeaderFromJson({ chain: founded.chain }) as string, /commit/)
  })
})
