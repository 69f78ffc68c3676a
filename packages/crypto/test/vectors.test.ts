import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { X509Certificate } from 'node:crypto'
import { describe, it } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { checkPublicKey, concatBytes, fromHex, sm2Z, toHex } from '@dujiang/core/crypto'
import { sharedDir } from '@dujiang/testing/shared'
import * as noble from '../src/noble/index.ts'
import * as node from '../src/node/index.ts'

const implementations = [
  { provider: node.nodeCrypto, signerFromSecret: node.signerFromSecret },
  { provider: noble.nobleCrypto, signerFromSecret: noble.signerFromSecret },
]
const shared = sharedDir()
const ascii = (text: string) => new TextEncoder().encode(text)

function published<Shape>(path: string): Shape {
  const bytes = readFileSync(join(shared!, path))
  return JSON.parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')) as Shape
}

type Sm2Example = Record<
  'curve' | 'private_key' | 'public_key_x' | 'public_key_y' | 'ZA' | 'message_ascii' | 'r' | 's',
  string
>
type SmVectors = { sm3: { message_hex: string; digest: string }[]; sm2_sign: Sm2Example[] }
type Certificate = Record<'subject_cn' | 'sha256_der' | 'issuer_public_key' | 'r' | 's', string> & {
  tbs_length: number
}
type Wycheproof = {
  numberOfTests: number
  testGroups: { publicKey: { pk: string }; tests: { tcId: number; msg: string; sig: string; result: string }[] }[]
}
type EdgeCase = { number: number; key: string; msg: string; sig: string; flags: string[] | null }

for (const { provider, signerFromSecret } of implementations) {
  describe(`${provider.name} provider against published vectors`, { skip: skipReason() }, () => {
    it('hashes the SM3 examples', () => {
      const { sm3 } = published<SmVectors>('vectors/domain/sm_vectors.json')
      for (const { message_hex, digest } of sm3) assert.equal(toHex(provider.sm3(fromHex(message_hex))), digest)
      assert.ok(sm3.length >= 2)
    })

    it('[SIG-1] computes Z and verifies the example of GB/T 32918.5', () => {
      const { sm2_sign } = published<SmVectors>('vectors/domain/sm_vectors.json')
      const example = sm2_sign.find((one) => one.curve === 'sm2p256v1')!
      const publicKey = fromHex(`04${example.public_key_x}${example.public_key_y}`)
      assert.equal(toHex(sm2Z(provider.sm3, publicKey)), example.ZA)
      assert.deepEqual(signerFromSecret('sm2', fromHex(example.private_key)).publicKey, publicKey)
      const message = ascii(example.message_ascii)
      assert.ok(provider.verify('sm2', publicKey, message, fromHex(example.r + example.s)))
      assert.ok(!provider.verify('sm2', publicKey, ascii('message digesu'), fromHex(example.r + example.s)))
    })

    it('[SIG-1] verifies a certificate chain of another consortium, and not under the wrong issuer', () => {
      const { certificates } = published<{ certificates: Certificate[] }>('vectors/domain/sm2_x509_chain.json')
      const pem = ['sm_node.crt', 'sm_ca.crt', 'sm_ennode.crt']
        .map((file) => readFileSync(join(shared!, 'data/sm2_certs', file), 'latin1'))
        .join('\n')
        .match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)!
      const tbsByHash = new Map(
        pem.map((one) => {
          const certificate = new X509Certificate(one)
          return [toHex(provider.sha256(Uint8Array.from(certificate.raw))), toBeSigned(certificate.raw)]
        }),
      )
      for (const one of certificates) {
        const tbs = tbsByHash.get(one.sha256_der)!
        assert.equal(tbs.length, one.tbs_length)
        const signature = fromHex(one.r + one.s)
        assert.ok(provider.verify('sm2', fromHex(one.issuer_public_key), tbs, signature), one.subject_cn)
        for (const other of certificates) {
          if (other.issuer_public_key === one.issuer_public_key) continue
          assert.ok(!provider.verify('sm2', fromHex(other.issuer_public_key), tbs, signature))
        }
        assert.ok(!provider.verify('sm2', fromHex(one.issuer_public_key), concatBytes(tbs, tbs), signature))
      }
      assert.equal(certificates.length, 4)
    })

    it('agrees with all 151 Wycheproof verdicts on Ed25519', () => {
      const { testGroups, numberOfTests } = published<Wycheproof>('data/wycheproof/ed25519_test.json.gz')
      let count = 0
      for (const { publicKey, tests } of testGroups) {
        for (const { tcId, msg, sig, result } of tests) {
          const args = [fromHex(publicKey.pk), fromHex(msg), fromHex(sig)] as const
          assert.equal(provider.verify('ed25519', ...args), result === 'valid', `test ${tcId}`)
          // Test 151 spells R = 1 with the sign bit of x = 0, which RFC 8032 forbids and ZIP-215 allows.
          assert.equal(provider.verifyCommit(...args), result === 'valid' || tcId === 151, `test ${tcId}, as a vote`)
          count++
        }
      }
      assert.equal(count, numberOfTests)
    })

    // The verdict of each rule follows from what the vector's authors say it contains.
    it('[SIG-4] [SIG-6] [COMMIT-1] decides the 914 CCTV edge cases as their flags say', () => {
      const vectors = published<EdgeCase[]>('vectors/consensus/cctv-ed25519/ed25519/ed25519vectors.json')
      const refused = [
        'low_order_A',
        'low_order_R',
        'non_canonical_A',
        'non_canonical_R',
        'low_order_residue',
        'reencoded_k',
      ]
      let acts = 0
      let votes = 0
      for (const { number, key, msg, sig, flags } of vectors) {
        const has = new Set(flags)
        const args = [fromHex(key), ascii(msg), fromHex(sig)] as const
        const act = !refused.some((flag) => has.has(flag))
        // Another k changes nothing where [8]A is the neutral point anyway.
        const vote = !has.has('reencoded_k') || has.has('low_order_A')
        assert.equal(provider.verify('ed25519', ...args), act, `vector ${number} as an act`)
        assert.equal(provider.verifyCommit(...args), vote, `vector ${number} as a vote`)
        if (has.has('non_canonical_A') || has.has('low_order_A')) assert.ok(checkPublicKey('ed25519', args[0]))
        acts += Number(act)
        votes += Number(vote)
      }
      assert.deepEqual([vectors.length, votes, acts], [914, 826, 43])
    })
  })
}

function skipReason(): string | false {
  return shared === undefined ? 'reference material not present: skipped the published vectors' : false
}

// A certificate is SEQUENCE { tbsCertificate, algorithm, signature }; both lengths here take two bytes (82 hh ll).
function toBeSigned(der: Uint8Array): Uint8Array {
  const start = 4
  assert.equal(der[start + 1], 0x82)
  return Uint8Array.from(der.subarray(start, start + 4 + der[start + 2]! * 256 + der[start + 3]!))
}
