import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { nodeCrypto } from '@dujiang/crypto/node'
import { signerOf } from '@dujiang/testing/trivial'
import { packChecks, unpackChecks } from '../../src/verify/packing.ts'
import { type SignatureCheck, type Verifier, VerifyPool, inlineVerifier } from '../../src/verify/index.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)

/** Signatures of both schemes, every third of them false. */
function checks(count: number): SignatureCheck[] {
  const signers = [signerOf('a', 'sm2'), signerOf('b', 'ed25519')]
  return Array.from({ length: count }, (_, n) => {
    const { scheme, publicKey, sign } = signers[n % 2] as (typeof signers)[number]
    const message = utf8(`message ${n}`)
    const signature = sign(message)
    return { scheme, publicKey, message: n % 3 === 0 ? utf8('another') : message, signature }
  })
}

const verdicts = (verifier: Verifier, list: readonly SignatureCheck[]): Promise<boolean[]> =>
  Promise.all(list.map((check) => new Promise<boolean>((resolve) => verifier.check(check, resolve))))

describe('signature threads', () => {
  it('[VER-1] give the verdicts of the provider, each to who asked', async () => {
    const list = checks(300)
    const pool = new VerifyPool(2, (cause) => assert.fail(cause))
    const expected = await verdicts(inlineVerifier(nodeCrypto), list)
    assert.deepEqual(await verdicts(pool, list), expected)
    assert.deepEqual(new Set(expected), new Set([true, false]))
    await pool.close()
  })

  it('[VER-1] judge what is asked while they work', async () => {
    const pool = new VerifyPool(1, (cause) => assert.fail(cause))
    const list = checks(120)
    const first = verdicts(pool, list.slice(0, 100))
    await verdicts(pool, list.slice(100, 101))
    const later = await verdicts(pool, list.slice(101))
    assert.deepEqual(later, await verdicts(inlineVerifier(nodeCrypto), list.slice(101)))
    await first
    await pool.close()
  })

  it('[VER-4] give verdicts in the order in which they were asked for, whichever thread is faster', async () => {
    const pool = new VerifyPool(2, (cause) => assert.fail(cause))
    const list = checks(200)
    const order: number[] = []
    await Promise.all(
      list.map((check, n) => {
        return new Promise<void>((resolve) => pool.check(check, () => resolve(void order.push(n))))
      }),
    )
    assert.deepEqual(
      order,
      list.map((_, n) => n),
    )
    await pool.close()
  })

  it('[VER-2] answer nothing and are gone after close', async () => {
    const pool = new VerifyPool(1, (cause) => assert.fail(cause))
    let answered = 0
    for (const check of checks(10)) pool.check(check, () => (answered += 1))
    await pool.close()
    assert.equal(answered, 0)
  })

  it('[VER-2] are a failure of the node when one dies, and it is said once', async () => {
    const script = new URL(`data:text/javascript,throw new Error('self-test')`)
    const failures: Error[] = []
    await new Promise<void>((resolve) => {
      const pool = new VerifyPool(
        2,
        (cause) => {
          failures.push(cause)
          void pool.close().then(resolve)
        },
        script,
      )
    })
    assert.deepEqual(
      failures.map(({ message }) => message),
      ['self-test'],
    )
  })

  it('[VER-3] pack a batch without loss, empty parts included', () => {
    const list: SignatureCheck[] = [
      ...checks(4),
      { scheme: 'sm2', publicKey: new Uint8Array(0), message: new Uint8Array(0), signature: new Uint8Array(0) },
    ]
    assert.deepEqual(unpackChecks(packChecks(list)), list)
    assert.deepEqual(unpackChecks(packChecks([])), [])
  })
})
