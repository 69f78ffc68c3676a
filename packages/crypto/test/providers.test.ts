import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CryptoProvider, type Scheme, bytes32FromBig, checkPublicKey, sm2Curve, toHex } from '@dujiang/core/crypto'
import fc from 'fast-check'
import * as noble from '../src/noble/index.ts'
import * as node from '../src/node/index.ts'
import { selfTest } from '../src/selftest.ts'

const implementations = [
  { provider: node.nodeCrypto, generateSecret: node.generateSecret, signerFromSecret: node.signerFromSecret },
  { provider: noble.nobleCrypto, generateSecret: noble.generateSecret, signerFromSecret: noble.signerFromSecret },
]
const schemes: readonly Scheme[] = ['sm2', 'ed25519']
const ascii = (text: string) => new TextEncoder().encode(text)

describe('the self-test', () => {
  for (const { provider, signerFromSecret } of implementations) {
    it(`passes with the ${provider.name} provider`, () => selfTest(provider, signerFromSecret))
  }

  const good = node.nodeCrypto
  const spoiled: [fault: string, spoil: Partial<CryptoProvider>, names: RegExp][] = [
    ['SHA-256 in place of SM3', { sm3: good.sha256 }, /SM3 of abc/],
    ['SM3 in place of SHA-256', { sha256: good.sm3 }, /SHA-256 of abc/],
    ['a verifier that says yes', { verify: () => true }, /SM2 .*another message/],
    ['a verifier that says no', { verify: () => false }, /SM2 .*the signature/],
    [
      'a verifier that ignores what follows 64 bytes',
      { verify: (scheme, key, message, signature) => good.verify(scheme, key, message, signature.subarray(0, 64)) },
      /SM2 .*a byte too many/,
    ],
    [
      'the commit rule used for acts',
      {
        verify: (scheme, ...rest) => (scheme === 'ed25519' ? good.verifyCommit(...rest) : good.verify(scheme, ...rest)),
      },
      /a small-order key signs nothing/,
    ],
    [
      "the acts' rule used for commits",
      { verifyCommit: (...args) => good.verify('ed25519', ...args) },
      /passes ZIP-215/,
    ],
  ]
  for (const [fault, spoil, names] of spoiled) {
    it(`fails and says where: ${fault}`, () => {
      assert.throws(() => selfTest({ ...good, ...spoil }, node.signerFromSecret), names)
    })
  }
})

describe('both providers', () => {
  it('hash every length alike', () => {
    for (let length = 0; length < 300; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 255)
      for (const hash of ['sha256', 'sm3'] as const) {
        const digest = node.nodeCrypto[hash](bytes)
        assert.deepEqual(noble.nobleCrypto[hash](bytes), digest)
        assert.equal(Object.getPrototypeOf(digest), Uint8Array.prototype)
      }
    }
    const large = new Uint8Array(1_000_001).fill(0xa5)
    assert.deepEqual(noble.nobleCrypto.sm3(large), node.nodeCrypto.sm3(large))
  })

  for (const scheme of schemes) {
    it(`verify what either signs with the same ${scheme} secret, and derive one public key`, () => {
      for (const { generateSecret } of implementations) {
        const secret = generateSecret(scheme)
        const [first, second] = implementations.map(({ signerFromSecret }) => signerFromSecret(scheme, secret))
        assert.deepEqual(first!.publicKey, second!.publicKey)
        assert.equal(checkPublicKey(scheme, first!.publicKey), undefined)
        for (const signer of [first!, second!]) {
          for (const message of [new Uint8Array(0), ascii('act'), new Uint8Array(100_000).fill(7)]) {
            const signature = signer.sign(message)
            assert.equal(signature.length, 64)
            for (const { provider } of implementations) {
              assert.ok(provider.verify(scheme, signer.publicKey, message, signature))
            }
          }
        }
      }
    })
  }

  it('[KEY-4] take the smallest and largest SM2 secret and refuse those beyond', () => {
    for (const { signerFromSecret, provider } of implementations) {
      for (const d of [1n, 2n, sm2Curve.n - 2n]) {
        const signer = signerFromSecret('sm2', bytes32FromBig(d))
        assert.ok(provider.verify('sm2', signer.publicKey, ascii('act'), signer.sign(ascii('act'))))
      }
      for (const d of [0n, sm2Curve.n - 1n, sm2Curve.n, (1n << 256n) - 1n]) {
        assert.throws(() => signerFromSecret('sm2', bytes32FromBig(d)), /KEY-4/)
      }
      for (const scheme of schemes) {
        assert.throws(() => signerFromSecret(scheme, new Uint8Array(31).fill(1)), /KEY-4/)
        assert.throws(() => signerFromSecret(scheme, new Uint8Array(33).fill(1)), /KEY-4/)
      }
    }
  })

  it('sign with a copy of the secret: wiping the given bytes changes nothing', () => {
    for (const { signerFromSecret, generateSecret } of implementations) {
      for (const scheme of schemes) {
        const secret = generateSecret(scheme)
        const signer = signerFromSecret(scheme, secret)
        secret.fill(0)
        const signature = signer.sign(ascii('act'))
        assert.ok(node.nodeCrypto.verify(scheme, signer.publicKey, ascii('act'), signature))
      }
    }
  })

  it('verify a Buffer or a view into a larger array like the bytes themselves', () => {
    const view = (bytes: Uint8Array) =>
      Buffer.concat([Buffer.alloc(3), bytes, Buffer.alloc(2)]).subarray(3, 3 + bytes.length)
    for (const scheme of schemes) {
      const signer = node.signerFromSecret(scheme, node.generateSecret(scheme))
      const args = [view(signer.publicKey), view(ascii('act')), view(signer.sign(ascii('act')))] as const
      for (const { provider } of implementations) {
        assert.ok(provider.verify(scheme, ...args))
        if (scheme === 'ed25519') assert.ok(provider.verifyCommit(...args))
      }
    }
  })

  it('never throw and always agree on arbitrary bytes', () => {
    const bytes = fc.oneof(
      ...[32, 33, 64, 65].map((length) => fc.uint8Array({ minLength: length, maxLength: length })),
      fc.uint8Array({ maxLength: 80 }),
    )
    const key = bytes.map((some) => (some.length === 65 ? Uint8Array.of(4, ...some.subarray(1)) : some))
    fc.assert(
      fc.property(key, fc.uint8Array(), bytes, (publicKey, message, signature) => {
        for (const { provider } of implementations) {
          for (const scheme of schemes) assert.equal(provider.verify(scheme, publicKey, message, signature), false)
        }
        // ZIP-215 takes some arbitrary bytes, all of them zero for one.
        const [first, second] = implementations.map(({ provider }) =>
          provider.verifyCommit(publicKey, message, signature),
        )
        assert.equal(first, second, toHex(publicKey))
      }),
      { numRuns: 300 },
    )
  })
})
