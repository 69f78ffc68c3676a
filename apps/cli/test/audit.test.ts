import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Audit } from '@dujiang/chain'
import { encodeCanonical } from '@dujiang/core/codec'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { dujiangMarket } from '@dujiang/market'
import { type ExportedSample, Folders, auditor, copyOf, exportedSample, filesOf } from './export-rig.ts'
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
    const old = { receipts_given: 0, receipts_found: 0 }
    assert.deepEqual(said, { ok: true, ...counts, ...old, first_bad: null })
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

  it('[EXA-4] takes no chain that ends before a receipt for one that contains it', async () => {
    const receipts = await Promise.all(
      ['receipt-0.json', 'receipt-1.json'].map(async (file) => {
        const name = join(sample.dir, file)
        return { name, bytes: Uint8Array.from(await readFile(name)) }
      }),
    )
    const last = JSON.parse(Buffer.from(receipts[1]?.bytes ?? []).toString()).receipt.height
    const audit = auditor(sample.genesisBytes)
    const whole = await audit(sample.out, { receipts })
    assert.deepEqual([whole.ok, whole.receiptsFound], [true, 2])

    const { dir, height } = await shorter(await folders.make('cut'), last - 1)
    assert.equal((await audit(dir)).ok, true)
    const { ok, firstBad, receiptsFound } = await audit(dir, { receipts })
    assert.deepEqual([ok, receiptsFound, firstBad?.file], [false, 1, receipts[1]?.name])
    assert.match(firstBad?.reason ?? '', new RegExp(`^the chain ends at block ${height}, before block`))
    const given = receipts.flatMap(({ name }) => ['--receipt', name])
    const run = await dujiang(['audit', dir, '--genesis', sample.genesisPath, ...given])
    assert.equal(run.status, 1)
    assert.match(run.out, /receipt-1\.json.*ends at block[\s\S]*1 of 2 found/)
  })

  it('[EXA-4] takes no chain that ends with the act for one whose header proves it', async () => {
    const name = join(sample.dir, 'receipt-1.json')
    const bytes = Uint8Array.from(await readFile(name))
    const { height } = JSON.parse(Buffer.from(bytes).toString()).receipt
    const { dir } = await cutAt(await folders.make('at'), height)
    const { firstBad } = await auditor(sample.genesisBytes)(dir, { receipts: [{ name, bytes }] })
    assert.equal(firstBad?.height, height)
    assert.match(firstBad?.reason ?? '', /no signed header/)
  })

  it('[EXA-5] reports an export whose last block nobody has signed for, with a manifest to match', async () => {
    const audit = auditor(sample.genesisBytes)
    let reported = 0
    for (let height = sample.height - 6; height <= sample.height; height++) {
      const { dir, quiet } = await cutAt(await folders.make(`cut-${height}`), height)
      const { ok, firstBad } = await audit(dir)
      assert.equal(ok, quiet, `cut at ${height}`)
      if (quiet) continue
      reported += 1
      assert.equal(firstBad?.height, height)
      assert.match(firstBad?.reason ?? '', /no signed header states/)
    }
    assert.ok(reported > 0 && reported < 7)
  })

  /** The sample's export up to a block, with the manifest such an export would have. */
  async function cutAt(dir: string, height: number): Promise<{ readonly dir: string; readonly quiet: boolean }> {
    const lines = [...(await filesOf(sample.out))]
      .filter(([name]) => name.startsWith('blocks-'))
      .flatMap(([, bytes]) => bytes.toString().trimEnd().split('\n'))
      .slice(0, height)
    const audited = new Audit(dujiangMarket(), nodeCrypto, sample.genesisBytes)
    for (const line of lines) assert.equal(audited.next(new TextEncoder().encode(line)), undefined)
    const { tip, chain } = audited.ledger
    const bytes = Buffer.from(`${lines.join('\n')}\n`)
    const name = 'blocks-000000001.ndjson'
    const sha256 = toHex(nodeCrypto.sha256(bytes))
    const file = { bytes: bytes.length, firstHeight: 1, lastHeight: height, name, sha256 }
    const form = { appHash: toHex(tip.appHash), chain: chain.id, files: [file], height, kind: 'dujiang-export', v: 1 }
    await writeFile(join(dir, name), bytes)
    await writeFile(join(dir, 'genesis.json'), sample.genesisBytes)
    await writeFile(join(dir, 'manifest.json'), `${encodeCanonical(form)}\n`)
    const { header } = JSON.parse(lines.at(-1) as string)
    return { dir, quiet: header.appHash.toLowerCase() === toHex(tip.appHash) }
  }

  /** The longest such export, no longer than `heightMax`, whose last state is signed for. */
  async function shorter(dir: string, heightMax: number): Promise<{ readonly dir: string; readonly height: number }> {
    for (let height = heightMax; height > 0; height--) {
      if ((await cutAt(dir, height)).quiet) return { dir, height }
    }
    throw new Error('no block leaves the app hash as it was')
  }

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
