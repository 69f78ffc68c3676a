import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import {
  type KeyFault,
  type Scheme,
  bytes32FromBig,
  checkPublicKey,
  concatBytes,
  ed25519Curve,
  ed25519SignatureWellFormed,
  fromHex,
  keyId,
  sm2Curve,
  sm2SignatureWellFormed,
  toHex,
} from '@dujiang/core/crypto'

const sm2Key = fromHex(
  '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
)
const ed25519Key = fromHex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a')
const le32 = (value: bigint) => bytes32FromBig(value).reverse()
const sm2Form = (x: bigint, y: bigint) => concatBytes(Uint8Array.of(4), bytes32FromBig(x), bytes32FromBig(y))
const withFirst = (bytes: Uint8Array, first: number) => Uint8Array.from(bytes, (byte, i) => (i === 0 ? first : byte))
const withSign = (bytes: Uint8Array) => Uint8Array.from(bytes, (byte, i) => (i === 31 ? byte ^ 0x80 : byte))

const { p, gx, gy, n } = sm2Curve
const { p: q, l } = ed25519Curve

// The eight points of order 1, 2, 4 and 8; x = 0 for the first two, which therefore have one sign only.
const smallOrder = [
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000000000000080',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
].map(fromHex)

const table: [rule: string, title: string, scheme: Scheme, key: Uint8Array, fault: KeyFault | undefined][] = [
  ['KEY-1', "takes the standard's example key", 'sm2', sm2Key, undefined],
  ['KEY-1', 'takes the base point', 'sm2', sm2Form(gx, gy), undefined],
  ['KEY-1', 'refuses no bytes', 'sm2', new Uint8Array(0), 'keyLengthWrong'],
  ['KEY-1', 'refuses the point at infinity', 'sm2', Uint8Array.of(0), 'keyLengthWrong'],
  ['KEY-1', 'refuses the compressed form', 'sm2', withFirst(sm2Key.subarray(0, 33), 3), 'keyLengthWrong'],
  ['KEY-1', 'refuses the form without 04', 'sm2', sm2Key.subarray(1), 'keyLengthWrong'],
  ['KEY-1', 'refuses a byte too many', 'sm2', concatBytes(sm2Key, Uint8Array.of(0)), 'keyLengthWrong'],
  ['KEY-1', 'refuses the hybrid form 06', 'sm2', withFirst(sm2Key, 6), 'keyFormWrong'],
  ['KEY-1', 'refuses the hybrid form 07', 'sm2', withFirst(sm2Key, 7), 'keyFormWrong'],
  ['KEY-1', 'refuses x = p', 'sm2', sm2Form(p, gy), 'keyCoordinateTooLarge'],
  ['KEY-1', 'refuses y = p', 'sm2', sm2Form(gx, p), 'keyCoordinateTooLarge'],
  ['KEY-1', 'refuses a point beside the curve', 'sm2', sm2Form(gx, gy + 1n), 'keyNotOnCurve'],
  ['KEY-1', 'refuses 65 bytes of which 64 are 0', 'sm2', sm2Form(0n, 0n), 'keyNotOnCurve'],
  ['KEY-2', "takes the standard's example key", 'ed25519', ed25519Key, undefined],
  ['KEY-2', 'takes the negative of a key', 'ed25519', withSign(ed25519Key), undefined],
  ['KEY-2', 'refuses 31 bytes', 'ed25519', ed25519Key.subarray(1), 'keyLengthWrong'],
  ['KEY-2', 'refuses 33 bytes', 'ed25519', concatBytes(ed25519Key, Uint8Array.of(0)), 'keyLengthWrong'],
  ['KEY-2', 'refuses y = 2, which has no x', 'ed25519', le32(2n), 'keyNotOnCurve'],
  ['KEY-2', 'takes y = 3', 'ed25519', le32(3n), undefined],
  ['KEY-2', 'refuses y = 3 spelled p + 3', 'ed25519', le32(q + 3n), 'keyCoordinateTooLarge'],
  ['KEY-2', 'refuses y = 0 spelled p', 'ed25519', le32(q), 'keyCoordinateTooLarge'],
  ['KEY-2', 'refuses y = 1 spelled p + 1', 'ed25519', le32(q + 1n), 'keyCoordinateTooLarge'],
  ['KEY-2', 'refuses the largest y', 'ed25519', new Uint8Array(32).fill(255), 'keyCoordinateTooLarge'],
  ['KEY-2', 'refuses x = 0 with a sign, y = 1', 'ed25519', withSign(smallOrder[0]!), 'keyOfSmallOrder'],
  ['KEY-2', 'refuses x = 0 with a sign, y = −1', 'ed25519', withSign(smallOrder[1]!), 'keyOfSmallOrder'],
  ...smallOrder.map((key, i): (typeof table)[number] => {
    return ['KEY-2', `refuses small-order point ${i + 1} of 8`, 'ed25519', key, 'keyOfSmallOrder']
  }),
]

describe('checkPublicKey', () => {
  for (const [rule, title, scheme, key, fault] of table) {
    it(`[${rule}] ${title}`, () => assert.equal(checkPublicKey(scheme, key), fault))
  }
})

describe('keyId', () => {
  const sha256 = (bytes: Uint8Array) => Uint8Array.from(createHash('sha256').update(bytes).digest())

  it('[KEY-3] is the first half of a hash over tag, scheme and key', () => {
    const whole = createHash('sha256').update('dujiang/key/1:sm2:').update(sm2Key).digest('hex')
    assert.equal(keyId(sha256, 'sm2', sm2Key), whole.slice(0, 32))
    assert.equal(keyId(sha256, 'ed25519', new Uint8Array(32)), '1c0c37e2a743aeebf6b05f8a7948c8ad')
  })

  it('[KEY-3] differs for the same bytes under another scheme', () => {
    assert.notEqual(keyId(sha256, 'sm2', ed25519Key), keyId(sha256, 'ed25519', ed25519Key))
  })
})

describe('what a signature must be before any curve is touched', () => {
  const rs = (r: bigint, s: bigint) => concatBytes(bytes32FromBig(r), bytes32FromBig(s))
  const max = (1n << 256n) - 1n

  for (const [r, s, good] of [
    [1n, 1n, true],
    [n - 1n, n - 1n, true],
    [n - 1n, 2n, true],
    [0n, 1n, false],
    [1n, 0n, false],
    [n, 1n, false],
    [1n, n, false],
    [n + 1n, 1n, false],
    [1n, n + 1n, false],
    [max, 1n, false],
    [1n, max, false],
    [n - 1n, 1n, false],
    [5n, n - 5n, false],
  ] as const) {
    it(`[SIG-3] ${good ? 'takes' : 'refuses'} r = 0x${r.toString(16)}, s = 0x${s.toString(16)}`, () => {
      assert.equal(sm2SignatureWellFormed(rs(r, s)), good)
    })
  }

  it('[SIG-2] refuses any length but 64', () => {
    for (const length of [0, 32, 63, 65, 70, 72, 128]) {
      assert.equal(sm2SignatureWellFormed(new Uint8Array(length).fill(1)), false)
      assert.equal(ed25519SignatureWellFormed(new Uint8Array(length).fill(1)), false)
    }
    assert.ok(sm2SignatureWellFormed(new Uint8Array(64).fill(1)))
    assert.ok(ed25519SignatureWellFormed(new Uint8Array(64).fill(1)))
  })

  it('[SIG-5] refuses S = L and above', () => {
    for (const [s, good] of [
      [0n, true],
      [l - 1n, true],
      [l, false],
      [l + 1n, false],
      [max, false],
    ] as const) {
      assert.equal(ed25519SignatureWellFormed(concatBytes(ed25519Key, le32(s))), good, toHex(le32(s)))
    }
  })

  it('[SIG-6] refuses R of small order, in every spelling', () => {
    for (const r of [...smallOrder, le32(q), le32(q + 1n)].flatMap((r) => [r, withSign(r)])) {
      assert.equal(ed25519SignatureWellFormed(concatBytes(r, le32(1n))), false, toHex(r))
    }
  })

  it('[SIG-4] refuses R with y = p + 3', () => {
    assert.equal(ed25519SignatureWellFormed(concatBytes(le32(q + 3n), le32(1n))), false)
  })
})
