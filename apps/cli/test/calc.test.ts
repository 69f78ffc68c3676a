import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { sharedDir } from '@dujiang/testing/shared'
import { workedExample } from '@dujiang/testing/worked-example'
import { dujiang } from './run.ts'

/** Each source's own price rule. */
const vectorRules: Readonly<Record<string, string>> = {
  'pinson-dtu-31761': 'interval_mid',
  'assume-pac-equal': 'last_supply',
  'assume-complex-24h': 'interval_low',
  'lftr-midpoint': 'last_pair_mid',
}

describe('dujiang calc auction', () => {
  let dir = ''
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'dujiang-calc-'))
  })
  after(() => rm(dir, { recursive: true }))

  const file = async (name: string, content: string): Promise<string> => {
    const path = join(dir, name)
    await writeFile(path, content)
    return path
  }

  it('prints the result of a book on one line and ends with 0', async () => {
    const { status, out, err } = await dujiang([
      'calc',
      'auction',
      await file('book.json', JSON.stringify(workedExample)),
    ])
    assert.equal(status, 0)
    assert.equal(err, '')
    assert.equal(out.trimEnd().split('\n').length, 1)
    const result = JSON.parse(out)
    assert.equal(result.volume, '33000')
    assert.equal(result.price, '235')
    assert.deepEqual(result.accepted_supply, { G1: '12000', G2: '10000', G3: '4400', G4: '6600', G5: '0' })
  })

  it('reads standard input, works from any folder and indents on request', async () => {
    const stdin = JSON.stringify(workedExample)
    const { status, out } = await dujiang(['calc', 'auction', '-', '--pretty'], { stdin, cwd: dir })
    assert.equal(status, 0)
    assert.equal(JSON.parse(out).price, '235')
    assert.ok(out.includes('\n  "volume": "33000"'))
  })

  it('ends with 1 and an error object for a book it refuses', async () => {
    const book = { ...workedExample, tick: 0 }
    const { status, out } = await dujiang(['calc', 'auction', await file('refused.json', JSON.stringify(book))])
    assert.equal(status, 1)
    assert.deepEqual(JSON.parse(out), { error: { field: 'tick', rule: 'notPositive' } })
    const noJson = await dujiang(['calc', 'auction', '-'], { stdin: '{' })
    assert.equal(noJson.status, 1)
    assert.equal(JSON.parse(noJson.out).error.rule, 'notJson')
  })

  it('ends with 2, says what to do in one line and prints no result when the file or the command line is wrong', async () => {
    for (const args of [
      ['calc', 'auction', join(dir, 'absent.json')],
      ['calc', 'auction', dir],
    ]) {
      const { status, out, err } = await dujiang(args)
      assert.equal(status, 2)
      assert.equal(out, '')
      assert.match(err, /^error: cannot read .+\n$/)
    }
    for (const args of [
      ['calc', 'auction'],
      ['calc', 'auction', 'a', '--nonsense'],
      ['calc', 'nothing'],
      ['nothing'],
    ]) {
      const { status, out, err } = await dujiang(args)
      assert.equal(status, 2, args.join(' '))
      assert.equal(out, '')
      assert.doesNotMatch(err, /\n\s+at /)
    }
  })

  it('gives a line for each book of an .ndjson file, none for a blank line, and ends with 1 when one was refused', async () => {
    const good = JSON.stringify(workedExample)
    const { status, out } = await dujiang([
      'calc',
      'auction',
      await file('books.ndjson', `${good}\n{}\nnonsense\n${good}`),
    ])
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    assert.equal(status, 1)
    assert.deepEqual(
      lines.map((line) => line.price ?? line.error.rule),
      ['235', 'missing', 'notJson', '235'],
    )
    const allGood = await dujiang(['calc', 'auction', await file('good.ndjson', `\n${good}\r\n \t\n`)])
    assert.equal(allGood.status, 0)
    assert.equal(allGood.out.split('\n').length, 2)
  })

  it("clears other projects' auctions as they do", async (t) => {
    const shared = sharedDir()
    if (shared === undefined) return t.skip("domain vectors not present: skipped other projects' auctions")
    const { cases } = JSON.parse(readFileSync(join(shared, 'vectors/domain/auctions.json'), 'utf8'))
    const ids = Object.keys(vectorRules)
    const chosen = ids.map((id) => cases.find((each: { id: string }) => each.id === id))
    const books = chosen.map(({ id, supply, demand }) =>
      JSON.stringify({ price_rule: vectorRules[id], tie_rule: 'pro_rata', lot: 1, tick: 0.01, supply, demand }),
    )
    const { status, out } = await dujiang(['calc', 'auction', await file('vectors.ndjson', books.join('\n'))])
    assert.equal(status, 0)
    const results = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    for (const [at, { expected }] of chosen.entries()) {
      assert.equal(results[at].volume, String(expected.volume))
      assert.equal(results[at].price, String(expected.price))
      assert.ok(
        Object.entries(expected.accepted_supply ?? {}).every(
          ([id, qty]) => results[at].accepted_supply[id] === String(qty),
        ),
      )
    }
  })

  it('speaks Chinese unless English is asked for', async () => {
    const chinese = await dujiang(['calc', '--help'], { lang: 'C.UTF-8' })
    assert.match(chinese.out, /用法：/)
    const english = await dujiang(['--lang', 'en', 'calc', '--help'], { lang: 'C.UTF-8' })
    assert.match(english.out, /Usage:/)
    assert.equal(english.status, 0)
  })
})
