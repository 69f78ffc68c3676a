/** `npm run check`: everything that can be judged without running the code, at once; only failures say more than a line. */
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { checkPicture } from './arrows-picture.ts'
import { checkClientTypes } from './client-types.ts'
import { checkReference } from './reference.ts'
import { checkTidy } from './tidy.ts'

const root = resolve(import.meta.dirname, '../..')

interface Check {
  readonly name: string
  /** Problems as text; empty when there are none. */
  run(): Promise<string>
}

const pureRing = ['packages/core/src', 'packages/chain/src', 'packages/market/src']

const checks: readonly Check[] = [
  command('types', 'tsc', '-p', 'tsconfig.json'),
  command('types of the console', 'tsc', '-p', 'apps/console/tsconfig.json'),
  command('types of the pure ring', 'tsc', '-p', 'tsconfig.pure.json'),
  command('lint and arrows', 'oxlint', '--type-aware', '--deny-warnings'),
  command(
    'determinism of the pure ring',
    'oxlint',
    '-c',
    'tools/pure-ring.oxlintrc.json',
    '--deny-warnings',
    ...pureRing,
  ),
  command('format', 'biome', 'format', '.'),
  command('dead code', 'knip', '--no-progress', '--no-config-hints'),
  list('house rules', () => checkTidy(root)),
  list('picture of the arrows', checkPicture),
  list('reference pages', checkReference),
  list('types of the client', checkClientTypes),
]

const results = await Promise.all(checks.map(perform))
const failed = results.filter((good) => !good).length
console.log(failed === 0 ? 'all checks passed' : `${failed} of ${checks.length} checks failed`)
process.exitCode = failed === 0 ? 0 : 1

async function perform(check: Check): Promise<boolean> {
  const startedMs = performance.now()
  const problems = await check.run()
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
  console.log(
    `${problems === '' ? 'ok  ' : 'FAIL'} ${check.name}  ${seconds} s${problems === '' ? '' : `\n${problems}`}`,
  )
  return problems === ''
}

/** A tool of node_modules/.bin, run by this very Node; it judges by its exit status. */
function command(name: string, tool: string, ...options: string[]): Check {
  const bin = resolve(root, 'node_modules/.bin')
  const env = { ...process.env, PATH: `${bin}:${process.env['PATH']}`, NO_COLOR: '1' }
  return {
    name,
    run: () =>
      new Promise((done) => {
        const child = spawn(resolve(bin, tool), options, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
        const output: string[] = []
        child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()))
        child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()))
        child.on('error', (error) => done(`${tool} cannot start: ${error.message}`))
        child.on('close', (code, signal) => {
          done(code === 0 ? '' : output.join('').trim() || `${tool} ended with ${signal ?? code}`)
        })
      }),
  }
}

function list(name: string, find: () => readonly string[] | Promise<readonly string[]>): Check {
  return { name, run: async () => (await find()).join('\n') }
}
