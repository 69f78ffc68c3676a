import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Lookup, addressFault } from '../../src/webhooks/addresses.ts'
import { backOffMs } from '../../src/webhooks/back-off.ts'
import { postWith } from '../../src/webhooks/post.ts'
import { Receiver } from './receiver.ts'

const SPECIAL = (
  '0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.9.9.9 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.8 192.168.1.1 198.18.0.1 ' +
  '203.0.113.7 224.0.0.1 255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::a00:1 fc00::1 fd12::1 fe80::1 ff02::1 ' +
  '2001:db8::1 2002:a00:1:: 2001::1 3fff::1'
).split(' ')
const PUBLIC = [
  '1.1.1.1',
  '8.8.8.8',
  '172.32.0.1',
  '100.128.0.1',
  '192.169.0.1',
  '223.255.255.255',
  '2606:4700::1111',
  '2400:3200::1',
]

const signal = new AbortController().signal
const posting = (url: string, allowPrivate: boolean) => ({
  url: new URL(url),
  headers: {},
  body: Buffer.from('{}'),
  allowPrivate,
  signal,
})

describe('where deliveries go', () => {
  it('[HOOK-4] to public addresses alone, over https; to others when the operator allows it', () => {
    for (const address of SPECIAL) {
      assert.match(addressFault(address, 'https:', false) ?? '', /no public address/, address)
      assert.equal(addressFault(address, 'https:', true), undefined, address)
    }
    for (const address of PUBLIC) {
      assert.equal(addressFault(address, 'https:', false), undefined, address)
      assert.match(addressFault(address, 'http:', true) ?? '', /https alone/, address)
    }
    assert.match(addressFault('10.0.0.1', 'http:', true) ?? '', /https alone/)
    assert.equal(addressFault('127.0.0.1', 'http:', true), undefined)
  })

  it('[HOOK-4] judges a literal address and whatever a name leads to, and connects to nothing else', async () => {
    const receiver = await Receiver.open()
    try {
      const { port } = new URL(receiver.url)
      const names: { readonly [host: string]: readonly string[] } = {
        'inside.example': ['127.0.0.1'],
        'both.example': ['1.1.1.1', '10.0.0.1'],
        'none.example': [],
      }
      const lookup: Lookup = (host, found) => {
        found(
          null,
          (names[host] ?? []).map((address) => ({ address, family: 4 })),
        )
      }
      const post = postWith(lookup)
      for (const host of [
        '127.0.0.1',
        '[::1]',
        '2130706433',
        '0x7f.1',
        'inside.example',
        'both.example',
        'none.example',
      ]) {
        await assert.rejects(post(posting(`http://${host}:${port}/`, false)), { name: 'AddressRefused' }, host)
      }
      assert.equal(receiver.got.length, 0)
      receiver.answers.push(200, 302)
      assert.equal(await post(posting(`http://inside.example:${port}/`, true)), 200)
      assert.equal(await post(posting(receiver.url, true)), 302)
      assert.equal(receiver.got.length, 2)
    } finally {
      await receiver.close()
    }
  })

  it('[HOOK-2] waits longer after each failure, up to five minutes, less a part at random', () => {
    const whole = [1, 2, 3, 9, 10, 1_000].map((failures) => backOffMs(failures, () => 0))
    assert.deepEqual(whole, [1_000, 2_000, 4_000, 256_000, 300_000, 300_000])
    for (let i = 0; i < 1_000; i++) {
      const ms = backOffMs(3, () => i / 1_000)
      assert.ok(ms > 2_000 && ms <= 4_000)
    }
  })
})
