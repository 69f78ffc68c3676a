import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type ExportedSample, Folders, auditor, copyOf, exportedSample } from './export-rig.ts'
import { dujiang } from './run.ts'
import { sampleChain } from './sample-chain.ts'

/** Linux gives a process a network of its own, with nothing in it. */
const WITHOUT_NETWORK = ['unshare', '-rn'] as const

describe('dujiang audit', () => {
  const folders = new Folders()
  let sample: ExportedSample

  before(async () => {
    sample = await exportedSample(await folders.make('sample'))
  })
  after(() => folders.remove())

  it('ends with 0 and says what was executed, what came out and whose keys the answer trusts', async () => {
    const { status, out, err } = await dujiang(['audit', sample.out, '--genesis', sample.genesisPath, '--json'])
    assert.equal(err, '')
    assert.equal(status, 0)
    const { seconds, trusts, app_hash, ...said } = JSON.parse(out)
    const counts = { height: sample.height, blocks: sample.height, acts: sample.ids.length, receipts: sample.receipts }
    assert.deepEqual(said, { ok: true, ...counts, first_bad: null })
    assert.equal(app_hash, JSON.parse(await readFile(join(sample.out, 'manifest.json'), 'utf8')).appHash)
    assert.equal(typeof seconds, 'number')
    assert.deepEqual(
      trusts.map(({ org, power }: { org: string; power: number }) => [org, power]),
      [['SCPX', 1]],
    )
    const words = await dujiang(['audit', sample.out, '--genesis', sample.genesisPath])
    assert.equal(words.status, 0)
    assert.ok(words.out.includes(trusts[0].key))
  })

  it('[EXA-3] gives the same answer with and without threads, good or bad', async () => {
    const bad = await copyOf(sample.out, join(sample.dir, 'bad'))
    const file = join(bad, 'blocks-000000021.ndjson')
    const text = await readFile(file, 'utf8')
    // One digit of an act's signature; the commit is for another block then.
    const forged = text.replace(/"sig":"(.)/, (_, digit: string) => `"sig":"${digit === '0' ? '1' : '0'}`)
    await writeFile(file, forged)
    for (const [dir, status] of [
      [sample.out, 0],
      [bad, 1],
    ] as const) {
      const runs = await Promise.all(
        ['0', '1', '3'].map((n) => dujiang(['audit', dir, '--genesis', sample.genesisPath, '--json', '--threads', n])),
      )
      const answers = runs.map(({ out }) => ({ ...JSON.parse(out), seconds: 0 }))
      assert.ok(runs.every((run) => run.status === status))
      assert.deepEqual(answers[1], answers[0])
      assert.deepEqual(answers[2], answers[0])
    }
  })

  it('ends with 1 and prints the first bad height, file and byte', async () => {
    const bad = await copyOf(sample.out, join(sample.dir, 'bad'))
    const file = join(bad, 'blocks-000000011.ndjson')
    const lines = (await readFile(file, 'utf8')).split('\n')
    const offset = Buffer.byteLength(lines.slice(0, 4).join('\n')) + 1
    lines[4] = (lines[4] as string).replace('"txs"', '"tx"')
    await writeFile(file, lines.join('\n'))
    const { status, out } = await dujiang(['audit', bad, '--genesis', sample.genesisPath, '--json'])
    assert.equal(status, 1)
    const { ok, height, first_bad } = JSON.parse(out)
    assert.deepEqual([ok, height], [false, 14])
    assert.deepEqual([first_bad.height, first_bad.file, first_bad.offset], [15, 'blocks-000000011.ndjson', offset])
    const words = await dujiang(['audit', bad, '--genesis', sample.genesisPath])
    assert.match(words.out, new RegExp(`first bad height 15 \\(blocks-000000011.ndjson at byte ${offset}\\)`))
  })

  it('[EXA-4] exposes a history that the same validators wrote and signed anew, by one old receipt', async () => {
    const other = await exportedSample(await folders.make('rewritten'), { priceShift: 1_000 })
    const audit = auditor(sample.genesisBytes)
    // By itself the other history is as good as the first.
    assert.equal((await audit(other.out)).ok, true)
    const name = join(sample.dir, 'receipt-1.json')
    const bytes = Uint8Array.from(await readFile(name))
    assert.equal((await audit(sample.out, { receipts: [{ name, bytes }] })).ok, true)
    const { ok, firstBad } = await audit(other.out, { receipts: [{ name, bytes }] })
    assert.equal(ok, false)
    assert.match(firstBad?.reason ?? '', /old receipt/)
    assert.ok((firstBad?.height ?? 0) > 0)
    const run = await dujiang(['audit', other.out, '--genesis', sample.genesisPath, '--receipt', name])
    assert.equal(run.status, 1)
  })

  it('finds an act nobody signed, although the validators signed its block', async () => {
    const dir = await folders.make('forged')
    await sampleChain(dir, { sessions: 1, forged: true })
    const run = await dujiang(['export', '--data', join(dir, 'data'), join(dir, 'out')])
    assert.equal(run.status, 0)
    for (const threads of [0, 2]) {
      const { ok, firstBad } = await auditor(sample.genesisBytes)(join(dir, 'out'), { threads })
      assert.equal(ok, false)
      assert.match(firstBad?.reason ?? '', /^header\.(appHash|lastResultsHash) differs$/)
    }
  })

  it("needs no network and nothing of the node's folder, and so does dujiang verify", async (t) => {
    const [command, ...flags] = WITHOUT_NETWORK
    const offline = spawnSync(command, [...flags, 'true']).status === 0 ? WITHOUT_NETWORK : []
    if (offline.length === 0) t.diagnostic('no network namespaces here: only the folder was moved away')
    const away = join(sample.dir, 'away')
    await rename(sample.dataDir, away)
    try {
      const genesis = ['--genesis', sample.genesisPath]
      const audited = await dujiang(['audit', sample.out, ...genesis], { wrap: offline })
      assert.equal(audited.status, 0, audited.err)
      const verified = await dujiang(['verify', join(sample.dir, 'receipt-1.json'), ...genesis], { wrap: offline })
      assert.equal(verified.status, 0, verified.err)
    } finally {
      await rename(away, sample.dataDir)
    }
  })

  it('ends with 2 when there is nothing it can read', async () => {
    for (const args of [
      ['audit', join(sample.dir, 'absent'), '--genesis', sample.genesisPath],
      ['audit', sample.out, '--genesis', join(sample.dir, 'absent')],
      ['audit', sample.out],
      ['audit', sample.out, '--genesis', sample.genesisPath, '--threads', 'many'],
    ]) {
      const { status, err } = await dujiang(args)
      assert.equal(status, 2, args.join(' '))
      assert.match(err, /^error: /)
    }
  })
})
