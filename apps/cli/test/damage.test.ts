import assert from 'node:assert/strict'
import { mkdir, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { seededRandom } from '@dujiang/node/seams'
import type { AuditReport } from '@dujiang/node/export'
import { type ExportedSample, Folders, auditor, copyOf, exportedSample, filesOf } from './export-rig.ts'

const FLIPS = process.env['DUJIANG_LONG'] === '1' ? 10_000 : 200

describe('an export that was changed', () => {
  const folders = new Folders()
  let sample: ExportedSample
  let audit: ReturnType<typeof auditor>
  let copy = ''

  before(async () => {
    sample = await exportedSample(await folders.make('sample'), { sessions: 1 })
    audit = auditor(sample.genesisBytes)
    copy = join(await folders.make('copies'), 'copy')
  })
  after(() => folders.remove())

  /** Reported with its height, or with file and byte. */
  function assertReported(report: AuditReport, what: string): NonNullable<AuditReport['firstBad']> {
    const { ok, firstBad } = report
    assert.equal(ok, false, what)
    assert.ok(firstBad !== undefined && firstBad.reason !== '', what)
    assert.ok(firstBad.height !== undefined || (firstBad.file !== undefined && firstBad.offset !== undefined), what)
    return firstBad
  }

  it(`[EXA-1] reports each of ${FLIPS} flipped, added or removed bytes, a block's with its height`, async () => {
    assert.equal((await audit(sample.out)).ok, true)
    const files = await filesOf(sample.out)
    const names = [...files.keys()]
    const random = seededRandom(20_261_124)
    await copyOf(sample.out, copy)
    for (let round = 0; round < FLIPS; round++) {
      const name = names[random.below(names.length)] as string
      const bytes = files.get(name) as Buffer
      const at = random.below(bytes.length)
      const bit = 1 << random.below(8)
      const kind = ['flipped', 'flipped', 'added', 'removed'][random.below(4)] as string
      const changed =
        kind === 'flipped'
          ? Buffer.concat([bytes.subarray(0, at), Uint8Array.of((bytes[at] as number) ^ bit), bytes.subarray(at + 1)])
          : kind === 'added'
            ? Buffer.concat([bytes.subarray(0, at), Uint8Array.of(random.below(256)), bytes.subarray(at)])
            : Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)])
      await writeFile(join(copy, name), changed)
      const bad = assertReported(await audit(copy), `${name} byte ${at} bit ${bit} ${kind}`)
      if (name.startsWith('blocks-')) {
        // The block in whose line the byte lies.
        const height = Number(name.slice(7, 16)) + bytes.subarray(0, at).filter((byte) => byte === 0x0a).length
        const seen = bad.height === height || (kind !== 'flipped' && bad.height === height + 1)
        assert.ok(seen, `${name} byte ${at} ${kind}: ${JSON.stringify(bad)}, not ${height}`)
      } else {
        assert.equal(bad.file, name)
      }
      await writeFile(join(copy, name), bytes)
    }
  })

  it('[EXA-1] reports a file that is missing, added, renamed or cut', async () => {
    const names = [...(await filesOf(sample.out)).keys()]
    assert.ok(names.length > 4, 'several block files')
    for (const name of names) {
      await copyOf(sample.out, copy)
      await rm(join(copy, name))
      assert.equal(assertReported(await audit(copy), `${name} missing`).file, name)
      await copyOf(sample.out, copy)
      await rename(join(copy, name), join(copy, `x${name}`))
      assertReported(await audit(copy), `${name} renamed`)
      for (const bytes of [0, 1, 300]) {
        await copyOf(sample.out, copy)
        await truncate(join(copy, name), bytes)
        assertReported(await audit(copy), `${name} cut to ${bytes}`)
      }
    }
    for (const extra of ['notes.txt', 'blocks-000000999.ndjson', '.hidden']) {
      await copyOf(sample.out, copy)
      await writeFile(join(copy, extra), 'x')
      assert.equal(assertReported(await audit(copy), extra).file, extra)
    }
    await copyOf(sample.out, copy)
    await mkdir(join(copy, 'folder'))
    assert.equal(assertReported(await audit(copy), 'a folder').file, 'folder')
  })

  it('[EXA-1] reports lines that are dropped, doubled, exchanged or emptied, with the height', async () => {
    const files = await filesOf(sample.out)
    const name = 'blocks-000000011.ndjson'
    const lines = (files.get(name) as Buffer).toString().split('\n').slice(0, -1)
    const [a, b] = [lines[3] as string, lines[4] as string]
    const last = lines.length - 1
    const changes: readonly (readonly [what: string, lines: readonly string[], height: number])[] = [
      ['dropped', lines.filter((line) => line !== a), 14],
      ['last dropped', lines.slice(0, -1), 20],
      ['doubled', lines.toSpliced(3, 0, a), 15],
      ['exchanged', lines.toSpliced(3, 2, b, a), 14],
      ['emptied', lines.toSpliced(3, 1, ''), 14],
      ['an empty line at the end', [...lines, ''], 21],
      ['a last line more', [...lines, lines[last] as string], 21],
      ['a space more', lines.toSpliced(3, 1, `${a} `), 14],
    ]
    for (const [what, changed, height] of changes) {
      await copyOf(sample.out, copy)
      await writeFile(join(copy, name), `${changed.join('\n')}\n`)
      const bad = assertReported(await audit(copy), what)
      assert.deepEqual([bad.height, bad.file], [height, name], what)
    }
  })

  it('[EXA-1] reports files that have changed names, even with a manifest to match', async () => {
    await copyOf(sample.out, copy)
    const [first, second] = ['blocks-000000001.ndjson', 'blocks-000000011.ndjson'].map((name) => join(copy, name))
    await rename(first as string, join(copy, 'x'))
    await rename(second as string, first as string)
    await rename(join(copy, 'x'), second as string)
    assert.equal(assertReported(await audit(copy), 'exchanged').height, 1)
  })

  it('[EXA-1] reports the genesis file of another chain before anything else', async () => {
    const bad = assertReported(await auditor(Uint8Array.from([...sample.genesisBytes, 0x20]))(sample.out), 'genesis')
    assert.deepEqual([bad.file, bad.offset], ['genesis.json', sample.genesisBytes.length])
  })
})
