import assert from 'node:assert/strict'
import { chmod, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fromHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { makeKeyFile, openKeyFile, readPublicPart } from '../src/keys/key-file.ts'
import { Folders } from './export-rig.ts'
import { dujiang } from './run.ts'

describe('key files', () => {
  const folders = new Folders()
  let dir = ''
  before(async () => {
    dir = await folders.make('keys')
  })
  after(() => folders.remove())

  const nobodyAsks = (): Promise<string> => Promise.reject(new Error('no passphrase is needed'))

  it('hold a key that signs, for their owner alone', async () => {
    for (const scheme of ['sm2', 'ed25519'] as const) {
      const path = join(dir, `${scheme}.json`)
      const made = makeKeyFile(path, 'SCPX', scheme, undefined)
      assert.equal((await stat(path)).mode & 0o777, 0o600)
      const { signer, ...open } = await openKeyFile(path, nobodyAsks)
      assert.deepEqual(open, made)
      const message = Uint8Array.of(1, 2, 3)
      assert.ok(nodeCrypto.verify(scheme, fromHex(made.publicKey), message, signer.sign(message)))
    }
  })

  it('under a passphrase hold no secret in the open, and open with that passphrase alone', async () => {
    const path = join(dir, 'sealed.json')
    const made = makeKeyFile(path, 'SCPX', 'sm2', 'correct horse')
    assert.doesNotMatch(await readFile(path, 'utf8'), /"secret"/)
    assert.deepEqual(readPublicPart(path), made)
    const { key } = await openKeyFile(path, async () => 'correct horse')
    assert.equal(key, made.key)
    await assert.rejects(
      openKeyFile(path, async () => 'wrong horse'),
      /passphrase|口令/,
    )
  })

  it('under a passphrase open nothing when their public part has been changed', async () => {
    const text = await readFile(join(dir, 'sealed.json'), 'utf8')
    const path = join(dir, 'other-org.json')
    await writeFile(path, text.replace('"SCPX"', '"OTHER"'), { mode: 0o600 })
    await assert.rejects(
      openKeyFile(path, async () => 'correct horse'),
      /passphrase|口令/,
    )
  })

  it('are refused when others can read them, when their parts do not fit, and when they are something else', async () => {
    const path = join(dir, 'open.json')
    makeKeyFile(path, 'SCPX', 'ed25519', undefined)
    await chmod(path, 0o644)
    await assert.rejects(openKeyFile(path, nobodyAsks), /chmod 600/)
    const changed = JSON.parse(await readFile(path, 'utf8'))
    const misfit = join(dir, 'misfit.json')
    await writeFile(misfit, JSON.stringify({ ...changed, secret: '11'.repeat(32) }), { mode: 0o600 })
    await assert.rejects(openKeyFile(misfit, nobodyAsks), /damaged|损坏/)
    const other = join(dir, 'other.json')
    await writeFile(other, '{"v":1}', { mode: 0o600 })
    await assert.rejects(openKeyFile(other, nobodyAsks), /not a key file|不是密钥文件/)
  })

  it('are made, shown and listed by dujiang keys, which never prints a secret or writes over a file', async () => {
    const file = join(dir, 'cli.json')
    const made = await dujiang(['keys', 'new', file, '--org', 'G1'])
    assert.equal(made.status, 0)
    const { secret } = JSON.parse(await readFile(file, 'utf8'))
    const again = await dujiang(['keys', 'new', file, '--org', 'G1'])
    assert.equal(again.status, 2)
    assert.match(again.err, /never overwritten/)
    const shown = await dujiang(['keys', 'show', file])
    const { org, scheme } = JSON.parse(shown.out)
    assert.deepEqual([org, scheme], ['G1', 'sm2'])
    const listed = await dujiang(['keys', 'list', dir])
    assert.ok(listed.out.split('\n').some((line) => line.includes('cli.json')))
    for (const { out, err } of [made, again, shown, listed]) assert.ok(!`${out}${err}`.includes(secret))
    assert.equal((await dujiang(['keys', 'new', join(dir, 'bad.json'), '--org', 'not an id'])).status, 2)
  })
})
