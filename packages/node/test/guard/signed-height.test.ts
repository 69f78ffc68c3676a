import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, describe, it } from 'node:test'
import { SignedBeyond, SignedHeight } from '../../src/guard/index.ts'
import { realDisk } from '../../src/seams/index.ts'
import { openJournal } from '../../src/store/index.ts'
import { Rig, alice } from '../engine/rig.ts'

const chain = 'ab'.repeat(32)

describe('the record of what a key has signed', () => {
  const root = mkdtempSync(join(tmpdir(), 'dujiang-guard-'))
  after(() => rmSync(root, { recursive: true, force: true }))
  let dir = ''
  let key = ''
  beforeEach(() => {
    dir = mkdtempSync(join(root, 'd-'))
    key = join(dir, 'key.json')
  })

  const journalOf = async (name: string, blocks: number): Promise<string> => {
    const journal = await openJournal(realDisk, join(dir, name, 'journal'))
    for (let height = 1; height <= blocks; height++) await journal.append([Uint8Array.of(height)])
    await journal.close()
    return join(dir, name)
  }

  it('[GRD-1] follows a node block by block, and is there again', async () => {
    const rig = new Rig()
    const node = await rig.open()
    const signed = SignedHeight.beside(key, chain)
    signed.follow(node)
    const text = (): string => readFileSync(signed.path, 'utf8')
    assert.equal(text(), `${'0'.repeat(16)}\n`)
    for (const height of [1, 2, 3]) {
      await node.submit(rig.mix(height, alice))
      assert.equal(Number(text()), node.status().height)
    }
    assert.ok(node.status().height >= 3)
    await node.close()
    signed.close()
    assert.equal(statSync(signed.path).mode & 0o777, 0o600)

    const again = SignedHeight.beside(key, chain)
    await assert.rejects(again.allow(await journalOf('older', 2)), SignedBeyond)
    again.close()
  })

  it('[GRD-2] allows a ledger that ends at the record or above it, and the first of all', async () => {
    const first = SignedHeight.beside(key, chain)
    await first.allow(join(dir, 'nothing yet'))
    writeFileSync(first.path, '0000000000000003\n')
    first.close()
    const signed = SignedHeight.beside(key, chain)
    await signed.allow(await journalOf('same', 3))
    await signed.allow(await journalOf('longer', 4))
    await assert.rejects(signed.allow(join(dir, 'nothing yet')), { signedHeight: 3, ledgerHeight: 0 })
    signed.close()
  })

  it('[GRD-2] gives blocks up only for who names the height of the record, and then once', async () => {
    writeFileSync(`${key}.${chain.slice(0, 16)}.signed`, '0000000000000009\n')
    const older = await journalOf('older', 5)
    const signed = SignedHeight.beside(key, chain)
    await assert.rejects(signed.allow(older), { signedHeight: 9, ledgerHeight: 5 })
    await assert.rejects(signed.allow(older, 5), SignedBeyond)
    await assert.rejects(signed.allow(older, 10), SignedBeyond)
    await signed.allow(older, 9)
    await signed.allow(older)
    await assert.rejects(signed.allow(await journalOf('oldest', 4), 9), { signedHeight: 5, ledgerHeight: 4 })
    signed.close()
  })

  it('[GRD-2] is not believed when it is no record', () => {
    const path = `${key}.${chain.slice(0, 16)}.signed`
    for (const text of ['0', '0000000000000009', '000000000000000x\n', '0000000000000009\n0']) {
      writeFileSync(path, text)
      assert.throws(() => SignedHeight.beside(key, chain), /is damaged/)
    }
  })

  it('[GRD-1] is kept for each chain by itself', async () => {
    writeFileSync(`${key}.${chain.slice(0, 16)}.signed`, '0000000000000009\n')
    const other = SignedHeight.beside(key, 'cd'.repeat(32))
    await other.allow(await journalOf('other', 1))
    other.close()
  })
})
