import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Folders } from './export-rig.ts'
import { dujiang } from './run.ts'
import { sampleChain } from './sample-chain.ts'

const guide = readFileSync(join(import.meta.dirname, '../../../docs/guides/cli.md'), 'utf8')

interface Step {
  readonly args: readonly string[]
  readonly status: number
  readonly output: string
}

const steps: Step[] = [...guide.matchAll(/```console\n([\s\S]*?)```/g)]
  .flatMap(([, block]) => (block as string).split(/^\$ /m).slice(1))
  .map((text) => {
    const [command = '', ...lines] = text.trimEnd().split('\n')
    const exit = /^\[exit (\d)\]$/.exec(lines.at(-1) ?? '')
    if (exit !== null) lines.pop()
    return { args: command.split(' ').slice(1), status: Number(exit?.[1] ?? 0), output: lines.join('\n') }
  })

/** Everything as it stands there, `…` for any text. */
function pattern(output: string): RegExp {
  const parts = output.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('[\\s\\S]*?')}\n$`)
}

describe('docs/guides/cli.md', () => {
  const folders = new Folders()
  let dir = ''

  before(async () => {
    dir = await folders.make('guide')
    await sampleChain(dir, { sessions: 1 })
    const book = {
      price_rule: 'last_pair_mid',
      tie_rule: 'pro_rata',
      lot: 1,
      tick: '0.01',
      supply: [{ id: 'G1', price: 230, qty: 10 }],
      demand: [{ id: 'B1', price: 240, qty: 4 }],
    }
    await writeFile(join(dir, 'book.json'), JSON.stringify(book))
    await writeFile(join(dir, 'refused-book.json'), JSON.stringify({ ...book, tick: 0 }))
    const act = { act: 'auction.sequence.open', payload: { name: '月度', sequence: 'Q1' } }
    await writeFile(join(dir, 'act.json'), JSON.stringify(act))
  })
  after(() => folders.remove())

  it('has commands', () => assert.ok(steps.length >= 12))

  for (const { args, status, output } of steps) {
    it(`dujiang ${args.join(' ')}`, async () => {
      const ran = await dujiang(args, { cwd: dir })
      assert.equal(ran.status, status, ran.err)
      assert.match(ran.out, pattern(output))
    })
  }
})
