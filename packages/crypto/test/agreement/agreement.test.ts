import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  type CryptoProvider,
  bigFromBytes,
  bigFromBytesLe,
  bytes32FromBig,
  concatBytes,
  ed25519Curve,
  sm2Curve,
  toHex,
} from '@dujiang/core/crypto'
import { nobleCrypto } from '../../src/noble/index.ts'
import { nodeCrypto } from '../../src/node/index.ts'
import type { SignatureCase } from './case.ts'
import { familyNames, signatureCases } from './cases.ts'

const long = process.env['DUJIANG_LONG'] === '1'
const seed = Number(process.env['DUJIANG_SEED'] ?? '1')
const repeat = `DUJIANG_SEED=${seed} ${long ? 'DUJIANG_LONG=1 ' : ''}node --test packages/crypto/test/agreement/agreement.test.ts`

type Verify = CryptoProvider['verify']

const verdict = (verify: Verify, { scheme, publicKey, message, signature }: SignatureCase) =>
  verify(scheme, publicKey, message, signature)

const told = ({ family, scheme, publicKey, message, signature, expected }: SignatureCase) =>
  `${scheme}: ${family}\nkey ${toHex(publicKey)}\nmessage ${toHex(message)}\nsignature ${toHex(signature)}\n` +
  `must be ${expected}; repeat with\n${repeat}`

describe(`${long ? '100 000' : '3 000'} generated and spoiled signatures`, () => {
  it('[SIG-1 … SIG-6] get the verdict of their construction from both providers', () => {
    const seen = new Set<string>()
    let good = 0
    for (const one of signatureCases(seed, long ? 100_000 : 3_000)) {
      for (const provider of [nodeCrypto, nobleCrypto]) {
        assert.equal(verdict(provider.verify, one), one.expected, `${provider.name}, ${told(one)}`)
      }
      seen.add(`${one.scheme}: ${one.family}`)
      good += Number(one.expected)
    }
    assert.deepEqual([...seen].sort(), [...familyNames].sort(), 'every family occurred')
    assert.ok(good > 1_000, `both verdicts occurred often: ${good} were good`)
  })

  it('[COMMIT-1] get one verdict as votes, and never a no where they are good as acts', () => {
    let onlyVotes = 0
    for (const one of signatureCases(seed + 1, long ? 10_000 : 600)) {
      if (one.scheme !== 'ed25519') continue
      const vote = nodeCrypto.verifyCommit(one.publicKey, one.message, one.signature)
      assert.equal(nobleCrypto.verifyCommit(one.publicKey, one.message, one.signature), vote, told(one))
      assert.ok(vote || !one.expected, told(one))
      onlyVotes += Number(vote && !one.expected)
    }
    assert.ok(onlyVotes > 20, `votes the act rule refuses: ${onlyVotes}`)
  })
})

// Verifiers with one mistake each, of kinds that libraries have shipped. The cases must tell each from the rule.
const lax: [mistake: string, verify: Verify, caughtBy: string][] = [
  [
    'S is not checked against L',
    (scheme, key, message, signature) => {
      if (scheme !== 'ed25519' || signature.length !== 64) return nodeCrypto.verify(scheme, key, message, signature)
      const s = bytes32FromBig(bigFromBytesLe(signature.subarray(32)) % ed25519Curve.l).reverse()
      return nodeCrypto.verify(scheme, key, message, concatBytes(signature.subarray(0, 32), s))
    },
    'ed25519: S + L',
  ],
  [
    'bytes after the signature are ignored',
    (scheme, key, message, signature) => nodeCrypto.verify(scheme, key, message, signature.subarray(0, 64)),
    'sm2: extended',
  ],
  [
    'r is reduced modulo n, whatever its length',
    (scheme, key, message, signature) => {
      if (scheme !== 'sm2' || signature.length < 64) return nodeCrypto.verify(scheme, key, message, signature)
      const r = bytes32FromBig(bigFromBytes(signature.subarray(0, -32)) % sm2Curve.n)
      return nodeCrypto.verify(scheme, key, message, concatBytes(r, signature.subarray(-32)))
    },
    'sm2: r + n in 33 bytes',
  ],
  [
    'compressed keys are decoded',
    (scheme, key, message, signature) =>
      nodeCrypto.verify(scheme, key.length === 33 && scheme === 'sm2' ? decompressed(key) : key, message, signature),
    'sm2: compressed key',
  ],
  [
    'hybrid keys are taken',
    (scheme, key, message, signature) =>
      nodeCrypto.verify(
        scheme,
        key.length === 65 ? concatBytes(Uint8Array.of(4), key.subarray(1)) : key,
        message,
        signature,
      ),
    'sm2: hybrid key',
  ],
  [
    'the equation is multiplied by the cofactor',
    (scheme, ...rest) => (scheme === 'ed25519' ? nodeCrypto.verifyCommit(...rest) : nodeCrypto.verify(scheme, ...rest)),
    'ed25519: R carries a small-order part',
  ],
]

describe('the generated signatures tell a careless verifier from a careful one:', () => {
  const cases = [...signatureCases(seed, 400)]
  for (const [mistake, verify, caughtBy] of lax) {
    it(mistake, () => {
      const caught = new Set<string>()
      for (const one of cases) {
        if (verdict(verify, one) !== one.expected) caught.add(`${one.scheme}: ${one.family}`)
      }
      assert.ok(caught.has(caughtBy), `caught by ${[...caught].join(', ') || 'nothing'}`)
    })
  }
})

// p ≡ 3 mod 4, so a root of a square is its power (p + 1) / 4.
function decompressed(key: Uint8Array): Uint8Array {
  const { p, a, b } = sm2Curve
  const x = bigFromBytes(key.subarray(1))
  let y = 1n
  let square = (((x * x + a) % p) * x + b) % p
  for (let rest = (p + 1n) / 4n; rest > 0n; rest >>= 1n) {
    if (rest & 1n) y = (y * square) % p
    square = (square * square) % p
  }
  if ((y & 1n) !== BigInt(key[0]! & 1)) y = p - y
  return concatBytes(Uint8Array.of(4), key.subarray(1), bytes32FromBig(y))
}
