import { createECDH } from 'node:crypto'
import {
  type Scheme,
  type Signer,
  bigFromBytes,
  bytes32FromBig,
  concatBytes,
  sm2Curve,
  sm2Z,
} from '@dujiang/core/crypto'
import * as noble from '../../src/noble/index.ts'
import * as node from '../../src/node/index.ts'
import { derFromRs } from '../../src/node/der.ts'
import { type Family, Random, flipBit, rare } from './case.ts'

const { n, p } = sm2Curve
const { sm3 } = node.nodeCrypto
const mod = (value: bigint, order = n) => ((value % order) + order) % order
const wrap256 = (value: bigint) => value & ((1n << 256n) - 1n)
const rs = (r: bigint, s: bigint) => concatBytes(bytes32FromBig(r), bytes32FromBig(s))

type Key = { readonly d: bigint; readonly inverseOf1PlusD: bigint; readonly publicKey: Uint8Array }

function keyOf(d: bigint): Key {
  return { d, inverseOf1PlusD: inverse(1n + d), publicKey: multiplyBase(d) }
}

function multiplyBase(scalar: bigint): Uint8Array {
  const ecdh = createECDH('SM2')
  ecdh.setPrivateKey(bytes32FromBig(scalar))
  return Uint8Array.from(ecdh.getPublicKey())
}

function inverse(value: bigint): bigint {
  let [old, next, x, nextX] = [mod(value), n, 1n, 0n]
  while (next !== 0n) {
    const quotient = old / next
    ;[old, next] = [next, old - quotient * next]
    ;[x, nextX] = [nextX, x - quotient * nextX]
  }
  return mod(x)
}

// Signing written once more, with a scalar that the seed decides: the providers' own signers are randomised.
function sign(random: Random, key: Key, message: Uint8Array, z = sm2Z(sm3, key.publicKey)): { r: bigint; s: bigint } {
  const e = bigFromBytes(sm3(concatBytes(z, message)))
  const k = 1n + mod(bigFromBytes(random.bytes(32)), n - 1n)
  const r = mod(e + bigFromBytes(multiplyBase(k).subarray(1, 33)))
  return { r, s: mod(key.inverseOf1PlusD * (k - r * key.d)) }
}

const keys = [1n, 2n, n - 2n].map(keyOf)
const keyRandom = new Random(32918)
while (keys.length < 40) keys.push(keyOf(1n + mod(bigFromBytes(keyRandom.bytes(32)), n - 2n)))

const messageOf = (random: Random) => random.bytes(random.below(200))

// A case that starts from a good signature and changes it.
function changed(
  name: string,
  share: number,
  change: (good: { key: Key; r: bigint; s: bigint; message: Uint8Array; random: Random; at: number }) => {
    publicKey?: Uint8Array
    message?: Uint8Array
    signature?: Uint8Array
  },
): Family {
  return {
    name,
    share,
    make: (random, at) => {
      const key = random.pick(keys)
      const message = messageOf(random)
      const { r, s } = sign(random, key, message)
      const start = { publicKey: key.publicKey, message, signature: rs(r, s), expected: false }
      return { ...start, ...change({ key, r, s, message, random, at }) }
    },
  }
}

// Good signatures of which one half begins with at least one zero byte.
function shortHalf(name: string, half: 'r' | 's'): Family {
  return rare(name, 1, (random) => {
    const key = random.pick(keys)
    for (;;) {
      const message = messageOf(random)
      const signature = sign(random, key, message)
      if (signature[half] >> 248n !== 0n) continue
      return { publicKey: key.publicKey, message, signature: rs(signature.r, signature.s), expected: true }
    }
  })
}

function fresh(
  scheme: Scheme,
  generate: (scheme: Scheme) => Uint8Array,
  from: (scheme: Scheme, secret: Uint8Array) => Signer,
) {
  return (random: Random) => {
    const signer = from(scheme, generate(scheme))
    const message = messageOf(random)
    return { publicKey: signer.publicKey, message, signature: signer.sign(message), expected: true }
  }
}

const compressed = (key: Uint8Array) => concatBytes(Uint8Array.of(2 + (key[64]! & 1)), key.subarray(1, 33))

/** All of SM2's cases: shares add up to 100. */
export const sm2Families: readonly Family[] = [
  {
    name: 'good',
    share: 40,
    make: (random) => {
      const key = random.pick(keys)
      const message = messageOf(random)
      const { r, s } = sign(random, key, message)
      return { publicKey: key.publicKey, message, signature: rs(r, s), expected: true }
    },
  },
  shortHalf('good, r begins with zeros', 'r'),
  shortHalf('good, s begins with zeros', 's'),
  { name: "good, key from node's generator", share: 2, make: fresh('sm2', node.generateSecret, node.signerFromSecret) },
  {
    name: "good, key from noble's generator",
    share: 2,
    make: fresh('sm2', noble.generateSecret, noble.signerFromSecret),
  },
  changed('r is 0', 1, ({ s }) => ({ signature: rs(0n, s) })),
  changed('s is 0', 1, ({ r }) => ({ signature: rs(r, 0n) })),
  changed('r is n', 1, ({ s }) => ({ signature: rs(n, s) })),
  changed('s is n', 1, ({ r }) => ({ signature: rs(r, n) })),
  changed('r + n, cut to 32 bytes', 1, ({ r, s }) => ({ signature: rs(wrap256(r + n), s) })),
  changed('s + n, cut to 32 bytes', 1, ({ r, s }) => ({ signature: rs(r, wrap256(s + n)) })),
  changed('r + n in 33 bytes', 1, ({ r, s }) => ({ signature: concatBytes(Uint8Array.of(1), rs(wrap256(r + n), s)) })),
  changed('n − r', 1, ({ r, s }) => ({ signature: rs(n - r, s) })),
  changed('n − s', 2, ({ r, s }) => ({ signature: rs(r, n - s) })),
  changed('r + s ≡ 0', 2, ({ r }) => ({ signature: rs(r, n - r) })),
  changed('r and s exchanged', 1, ({ r, s }) => ({ signature: rs(s, r) })),
  changed('r above n', 1, ({ s, at }) => ({ signature: rs(n + 1n + BigInt(at), s) })),
  changed('s above n', 1, ({ r, at }) => ({ signature: rs(r, n + 1n + BigInt(at)) })),
  changed('truncated', 3, ({ r, s, at }) => ({ signature: rs(r, s).subarray(0, at % 64) })),
  changed('extended', 3, ({ r, s, at, random }) => ({ signature: concatBytes(rs(r, s), random.bytes(1 + (at % 9))) })),
  changed('DER', 1, ({ r, s }) => ({ signature: derFromRs(rs(r, s)) })),
  changed('a bit of the signature', 9, ({ r, s, random }) => ({ signature: flipBit(random, rs(r, s)) })),
  changed('a bit of the key', 4, ({ key, random }) => ({ publicKey: flipBit(random, key.publicKey) })),
  changed('a byte of the message', 5, ({ message, at }) => ({
    message: concatBytes(message, Uint8Array.of(at & 255)),
  })),
  changed('another key', 2, ({ key, random }) => ({
    publicKey: random.pick(keys.filter((other) => other !== key)).publicKey,
  })),
  changed('the negative key', 1, ({ key }) => {
    const y = bytes32FromBig(p - bigFromBytes(key.publicKey.subarray(33)))
    return { publicKey: concatBytes(key.publicKey.subarray(0, 33), y) }
  }),
  changed('compressed key', 2, ({ key }) => ({ publicKey: compressed(key.publicKey) })),
  changed('hybrid key', 1, ({ key }) => {
    return { publicKey: concatBytes(Uint8Array.of(6 + (key.publicKey[64]! & 1)), key.publicKey.subarray(1)) }
  }),
  changed('off-curve key', 2, ({ random }) => ({ publicKey: concatBytes(Uint8Array.of(4), random.bytes(64)) })),
  changed('key at infinity', 1, ({ at }) => ({ publicKey: new Uint8Array(at % 2 === 0 ? 1 : 65) })),
  changed('key without 04', 1, ({ key }) => ({ publicKey: key.publicKey.subarray(1) })),
  changed('signed with an empty user ID', 2, ({ key, message, random }) => {
    const curve = [sm2Curve.a, sm2Curve.b, sm2Curve.gx, sm2Curve.gy].map(bytes32FromBig)
    const emptyIdZ = sm3(concatBytes(Uint8Array.of(0, 0), ...curve, key.publicKey.subarray(1)))
    const { r, s } = sign(random, key, message, emptyIdZ)
    return { signature: rs(r, s) }
  }),
  changed('signed without Z', 2, ({ key, message, random }) => {
    const { r, s } = sign(random, key, message, new Uint8Array(0))
    return { signature: rs(r, s) }
  }),
]
