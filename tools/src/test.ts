/** `npm test`: run every `*.test.ts` of the repository, a process each; see `usage`. */
import { globSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { provideConsole } from './console-build.ts'
import { provideEngine } from './engine-programs.ts'
import type { FileResult } from './test-file.ts'
import { runTestFile } from './test-file.ts'
import { inOrder } from './test-order.ts'
import { inPace } from './test-pace.ts'
import { fileReport, isGood, summary } from './test-report.ts'

const usage = `npm test -- [--long] [--cometbft version] [--limit seconds] [--root folder] [filter ...]

  filter      run only the files whose path contains one of these words
  --long      also the long loops (DUJIANG_LONG=1); minutes, not seconds
  --cometbft  against this version of the engine: v0.40.0 unless told, or v0.38.25
  --limit     stop a file that runs longer than this; 900, or 3600 with --long
  --root      another folder laid out like this repository`

const { values, positionals } = parseArguments()
const root = resolve(values.root ?? resolve(import.meta.dirname, '../..'))
process.chdir(root)
if (values.long === true) process.env['DUJIANG_LONG'] = '1'
if (values.cometbft !== undefined) process.env['DUJIANG_COMETBFT_VERSION'] = values.cometbft
const limitMs = Number(values.limit ?? (process.env['DUJIANG_LONG'] === '1' ? 3600 : 900)) * 1000

const found = globSync('{packages,apps,testing,tools}/**/*.test.ts', {
  exclude: (path) => path.includes('node_modules'),
})
  .filter((file) => positionals.length === 0 || positionals.some((filter) => file.includes(filter)))
  .sort((a, b) => (a < b ? -1 : 1))
const files = inOrder(found)
if (files.length === 0) console.log('no test file matches')
// Every file is a process, and many start more: what Node has compiled it need not compile again.
process.env['NODE_COMPILE_CACHE'] ??= resolve(import.meta.dirname, '../../node_modules/.cache/dujiang')
await provideEngine(files, console.log)
const consoleBuilt = provideConsole(files)

const results: FileResult[] = []
await inPace(files, work)
results.sort((a, b) => (a.file < b.file ? -1 : 1))
console.log(summary(results))
process.exitCode = isGood(results) ? 0 : 1

/** A file in a process of its own: node:test's own parallel run cannot stop a single file that hangs. */
async function work(file: string): Promise<void> {
  if (file.startsWith('apps/console/')) await consoleBuilt
  const result = { ...(await runTestFile(resolve(file), limitMs)), file }
  results.push(result)
  console.log(fileReport(result))
}

function parseArguments() {
  try {
    const text = { type: 'string' } as const
    return parseArgs({
      allowPositionals: true,
      options: { long: { type: 'boolean' }, cometbft: text, limit: text, root: text },
    })
  } catch (error) {
    console.log(`${(error as Error).message}\n\n${usage}`)
    process.exit(2)
  }
}
