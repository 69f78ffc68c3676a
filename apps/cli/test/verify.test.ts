import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Folders } from './export-rig.ts'
import { dujiang } from './run.ts'
import { type Sample, sampleChain } from './sample-chain.ts'

describe('dujiang verify', () => {
  const folders = new Folders()
  let dir = ''
  let sample: Sample

  before(async () => {
    dir = await folders.make('sample')
    sample = await sampleChain(dir, { sessions: 1 })
  })
  after(() => folders.remove())

  it('prints each step, the decision and whom the answer trusts, and ends with 0', async () => {
    const { status, out } = await dujiang(['verify', join(dir, 'receipt-0.json'), '--genesis', sample.genesisPath])
    assert.equal(status, 0)
    assert.equal(out.split('\n').filter((line) => line.startsWith('✓ ')).length, 8)
    assert.match(out, /decision: accepted/)
    assert.match(out, /this answer trusts these keys/)
  })

  it('says a refusal in both languages', async () => {
    const receipt = join(dir, 'refused.json')
    const words = await dujiang(['verify', receipt, '--genesis', sample.genesisPath, '--lang', 'zh'])
    assert.equal(words.status, 0)
    assert.match(words.out, /决定：拒绝 \d+ sessionUnknown/)
    const json = await dujiang(['verify', receipt, '--genesis', sample.genesisPath, '--json'])
    const { ok, decision } = JSON.parse(json.out)
    assert.equal(ok, true)
    assert.equal(decision.name, 'sessionUnknown')
    assert.ok(words.out.includes(decision.zh) && words.out.includes(decision.en))
  })

  it('ends with 1 and names the step that does not hold', async () => {
    const text = await readFile(join(dir, 'receipt-0.json'), 'utf8')
    const file = join(dir, 'changed.json')
    await writeFile(file, text.replace('"code":0', '"code":7'))
    const { status, out } = await dujiang(['verify', file, '--genesis', sample.genesisPath])
    assert.equal(status, 1)
    assert.match(out, /✗ the receipt stands in the log of receipts/)
    const json = await dujiang(['verify', file, '--genesis', sample.genesisPath, '--json'])
    assert.equal(json.status, 1)
    assert.equal(JSON.parse(json.out).failed.step, 'inclusion')
    await writeFile(file, `${text}\n`)
    assert.equal((await dujiang(['verify', file, '--genesis', sample.genesisPath])).status, 1)
  })

  it('ends with 1 against the genesis file of another chain, and with 2 without one', async () => {
    const other = join(dir, 'other-genesis.json')
    await writeFile(other, (await readFile(sample.genesisPath, 'utf8')).replace('试验市场', '另一市场'))
    const { status, out } = await dujiang(['verify', join(dir, 'receipt-0.json'), '--genesis', other])
    assert.equal(status, 1)
    assert.match(out, /✗ it is of the chain the genesis file founds/)
    assert.equal((await dujiang(['verify', join(dir, 'receipt-0.json')])).status, 2)
    assert.equal(
      (await dujiang(['verify', join(dir, 'receipt-0.json'), '--genesis', join(dir, 'receipt-0.json')])).status,
      2,
    )
  })
})
