import { ed25519 } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { bigFromBytesLe, bytes32FromBig, concatBytes, ed25519Curve, fromHex } from '@dujiang/core/crypto'
import * as noble from '../../src/noble/index.ts'
import * as node from '../../src/node/index.ts'
import { type Family, Random, flipBit, rare } from './case.ts'

const { l, p } = ed25519Curve
const { Point } = ed25519
const le32 = (value: bigint) => bytes32FromBig(value).reverse()
const scalarOf = (random: Random) => 1n + (bigFromBytesLe(random.bytes(40)) % (l - 1n))
const challenge = (r: Uint8Array, key: Uint8Array, message: Uint8Array) =>
  bigFromBytesLe(sha512(concatBytes(r, key, message))) % l

// The eight points of small order: multiples of one of order 8.
const order8 = Point.fromBytes(fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'))
const torsion = Array.from({ length: 8 }, (_, i) => order8.multiplyUnsafe(BigInt(i)))
// Their other spellings: y + p where that fits, and a sign for x = 0.
const respelled = [le32(p), le32(p + 1n), le32(1n), le32(p - 1n)].flatMap((bytes, i) => {
  const signed = Uint8Array.from(bytes, (byte, at) => (at === 31 ? byte | 0x80 : byte))
  return i < 2 ? [bytes, signed] : [signed]
})
const smallOrderKeys = [...torsion.map((point) => point.toBytes()), ...respelled]

type Key = { readonly a: bigint; readonly publicKey: Uint8Array; sign(message: Uint8Array): Uint8Array }
const keyRandom = new Random(8032)
const keys: readonly Key[] = Array.from({ length: 40 }, () => {
  const seed = keyRandom.bytes(32)
  const { publicKey, sign } = node.signerFromSecret('ed25519', seed)
  return { a: ed25519.utils.getExtendedPublicKey(seed).scalar % l, publicKey, sign }
})
// Keys with a small-order part: a·B + T.
const mixedKeys = keys.slice(0, 8).map(({ a }, i) => {
  const small = torsion[(i % 7) + 1]!
  return { a, small, publicKey: Point.BASE.multiply(a).add(small).toBytes() }
})

const messageOf = (random: Random) => random.bytes(random.below(200))

// A case that starts from a good signature and changes it.
function changed(
  name: string,
  share: number,
  change: (good: { key: Key; signature: Uint8Array; message: Uint8Array; random: Random; at: number }) => {
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
      const signature = key.sign(message)
      const start = { publicKey: key.publicKey, message, signature, expected: false }
      return { ...start, ...change({ key, signature, message, random, at }) }
    },
  }
}

function zeroAt(name: string, index: number): Family {
  return rare(name, 1, (random) => {
    const key = random.pick(keys)
    for (;;) {
      const message = messageOf(random)
      const signature = key.sign(message)
      if (signature[index] === 0) return { publicKey: key.publicKey, message, signature, expected: true }
    }
  })
}

function fresh({ generateSecret, signerFromSecret }: Pick<typeof node, 'generateSecret' | 'signerFromSecret'>) {
  return (random: Random) => {
    const signer = signerFromSecret('ed25519', generateSecret('ed25519'))
    const message = messageOf(random)
    return { publicKey: signer.publicKey, message, signature: signer.sign(message), expected: true }
  }
}

const first = (signature: Uint8Array) => signature.subarray(0, 32)
const second = (signature: Uint8Array) => bigFromBytesLe(signature.subarray(32))
const withS = (signature: Uint8Array, s: bigint) => concatBytes(first(signature), le32(s))

/** All of Ed25519's cases: shares add up to 100. */
export const ed25519Families: readonly Family[] = [
  {
    name: 'good',
    share: 40,
    make: (random) => {
      const key = random.pick(keys)
      const message = messageOf(random)
      return { publicKey: key.publicKey, message, signature: key.sign(message), expected: true }
    },
  },
  zeroAt('good, R begins with a zero byte', 0),
  zeroAt('good, S ends with a zero byte', 63),
  { name: "good, key from node's generator", share: 2, make: fresh(node) },
  { name: "good, key from noble's generator", share: 2, make: fresh(noble) },
  changed('S + L', 4, ({ signature }) => ({ signature: withS(signature, second(signature) + l) })),
  changed('S + a multiple of L', 2, ({ signature, at }) => {
    return { signature: withS(signature, second(signature) + l * BigInt(2 + (at % 12))) }
  }),
  changed('L − S', 2, ({ signature }) => ({ signature: withS(signature, l - second(signature)) })),
  changed('S is 0', 1, ({ signature }) => ({ signature: withS(signature, 0n) })),
  changed('S is L', 1, ({ signature }) => ({ signature: withS(signature, l) })),
  changed('R and S exchanged', 1, ({ signature }) => {
    return { signature: concatBytes(signature.subarray(32), first(signature)) }
  }),
  changed('the sign of R', 1, ({ signature }) => {
    return { signature: Uint8Array.from(signature, (byte, i) => (i === 31 ? byte ^ 0x80 : byte)) }
  }),
  changed('truncated', 3, ({ signature, at }) => ({ signature: signature.subarray(0, at % 64) })),
  changed('extended', 3, ({ signature, at, random }) => {
    return { signature: concatBytes(signature, random.bytes(1 + (at % 9))) }
  }),
  changed('a bit of the signature', 9, ({ signature, random }) => ({ signature: flipBit(random, signature) })),
  changed('a bit of the key', 4, ({ key, random }) => ({ publicKey: flipBit(random, key.publicKey) })),
  changed('a byte of the message', 4, ({ message, at }) => ({
    message: concatBytes(message, Uint8Array.of(at & 255)),
  })),
  changed('another key', 2, ({ key, random }) => ({
    publicKey: random.pick(keys.filter((other) => other !== key)).publicKey,
  })),
  changed('a key of 31 or 33 bytes', 1, ({ key, at }) => {
    return { publicKey: at % 2 === 0 ? key.publicKey.subarray(1) : concatBytes(key.publicKey, Uint8Array.of(0)) }
  }),
  {
    // [8] of the equation always holds, the equation itself when k suits; nobody knows or needs a secret.
    name: 'forged under a small-order key',
    share: 3,
    make: (random) => {
      const publicKey = random.pick(smallOrderKeys)
      const s = scalarOf(random)
      const r = Point.BASE.multiplyUnsafe(s).add(random.pick(torsion)).toBytes()
      return { publicKey, message: messageOf(random), signature: concatBytes(r, le32(s)), expected: false }
    },
  },
  {
    // R the neutral point, S = k·a: the equation holds exactly, and only SIG-6 refuses.
    name: 'the signer chose R of small order',
    share: 2,
    make: (random, at) => {
      const { a, publicKey } = random.pick(keys)
      const message = messageOf(random)
      const r = at % 2 === 0 ? le32(1n) : random.pick(smallOrderKeys)
      return {
        publicKey,
        message,
        signature: concatBytes(r, le32((challenge(r, publicKey, message) * a) % l)),
        expected: false,
      }
    },
  },
  {
    // R = rB + T fails the equation by T, which the cofactor would hide.
    name: 'R carries a small-order part',
    share: 3,
    make: (random) => {
      const { a, publicKey } = random.pick(keys)
      const message = messageOf(random)
      const nonce = scalarOf(random)
      const r = Point.BASE.multiplyUnsafe(nonce)
        .add(random.pick(torsion.slice(1)))
        .toBytes()
      const s = (nonce + challenge(r, publicKey, message) * a) % l
      return { publicKey, message, signature: concatBytes(r, le32(s)), expected: false }
    },
  },
  {
    // A = aB + T: the equation holds exactly when [k]T and R's own small-order part cancel.
    name: 'the key carries a small-order part',
    share: 8,
    make: (random, at) => {
      const { a, small, publicKey } = random.pick(mixedKeys)
      const message = messageOf(random)
      const nonce = scalarOf(random)
      const partOfR = at % 2 === 0 ? torsion[0]! : random.pick(torsion)
      const r = Point.BASE.multiplyUnsafe(nonce).add(partOfR).toBytes()
      const k = challenge(r, publicKey, message)
      const expected = small.multiplyUnsafe(k).add(partOfR).is0()
      return { publicKey, message, signature: concatBytes(r, le32((nonce + k * a) % l)), expected }
    },
  },
]
