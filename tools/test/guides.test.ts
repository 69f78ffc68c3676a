import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'

const root = resolve(import.meta.dirname, '../..')
const bin = join(root, 'node_modules/.bin')
const pages = ['tutorial.md', 'guides/auditor.md', 'guides/integrator.md', 'guides/trader.md', 'guides/clerk.md']
const hasJava = spawnSync('bash', ['-c', 'command -v java']).status === 0
const skip =
  process.env['DUJIANG_LONG'] !== '1' && 'runs a sample and every command of the guides: npm test -- --long guides'

/** The blocks of a page that are marked `run`, as one script: what one block sets the next one uses. */
function scriptOf(page: string, url: string, session: string): string {
  const text = readFileSync(join(root, 'docs', page), 'utf8')
  const blocks = [...text.matchAll(/^```sh run( java)?\n([\s\S]*?)^```$/gm)]
  return blocks
    .filter(([, java]) => java === undefined || hasJava)
    .map(([, , block = '']) => block)
    .join('\n')
    .replaceAll('http://127.0.0.1:26680', url)
    .replaceAll('SC-2026-12-1', session)
}

describe('the guides', { skip }, () => {
  const dir = skip === false ? mkdtempSync(join(tmpdir(), 'dujiang-guides-')) : ''
  const data = join(dir, 'data')
  let sample: ChildProcess
  let url = ''
  let session = ''

  before(async () => {
    sample = spawn(join(bin, 'node'), [join(root, 'apps/node/src/main.ts'), '--data', data, '--gate', '2'])
    url = await new Promise((serves, fails) => {
      let said = ''
      sample.stdout?.on('data', (chunk: Buffer) => {
        said += chunk.toString()
        const found = /继续服务 serving (\S+)/.exec(said)?.[1]
        if (found !== undefined) serves(found)
      })
      sample.on('exit', () => fails(new Error(`the sample ended: ${said}`)))
    })
    session = readdirSync(join(data, 'receipts'))[0] ?? ''
  })

  after(async () => {
    const gone = new Promise((ended) => sample.once('exit', ended))
    sample.kill()
    await gone
    rmSync(dir, { recursive: true })
  })

  for (const page of pages) {
    it(`every command marked run in docs/${page} does what the page says`, () => {
      const cwd = join(dir, page.replace('/', '-'))
      mkdirSync(cwd)
      symlinkSync(data, join(cwd, '.dujiang'))
      symlinkSync(join(root, 'docs'), join(cwd, 'docs'))
      const script = scriptOf(page, url, session)
      assert.notEqual(script, '')
      const env = { ...process.env, PATH: `${bin}:${process.env['PATH']}`, DUJIANG_NODE: url, LANG: 'en_US.UTF-8' }
      const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', `npx() { "$@"; }\n${script}`], {
        cwd,
        env,
        encoding: 'utf8',
      })
      assert.equal(status, 0, `${stdout}\n${stderr}`)
      for (const [, word = ''] of script.matchAll(/\|\| echo (\w+)/g))
        assert.match(stdout, new RegExp(`^${word}$`, 'm'))
    })
  }
})
