import { run } from 'node:test'
import { inspect } from 'node:util'

export interface Failure {
  readonly title: string
  /** The error in full: message, difference, the lines of the stack that are ours. */
  readonly text: string
}

export interface Skip {
  readonly title: string
  readonly reason: string
}

export interface FileResult {
  readonly file: string
  readonly passed: number
  readonly failures: readonly Failure[]
  readonly skips: readonly Skip[]
  readonly seconds: number
  /** What the file wrote to stdout and stderr; worth reading only when something failed. */
  readonly output: string
}

type TestError = Error & { readonly failureType?: string; readonly exitCode?: number; readonly signal?: string }

/** The part of node:test's event data that is read here (absent fields depend on the event's type). */
interface EventData {
  readonly name: string
  readonly nesting: number
  readonly message: string
  readonly skip?: string | boolean
  readonly todo?: string | boolean
  readonly details: { readonly type?: string; readonly error?: TestError }
}

/** A title waits here until its enclosing suites are known: children complete before their parents. */
interface Entry {
  title: string
  nesting: number
  readonly kind: 'failed' | 'skipped'
  readonly text: string
}

/**
 * Run one test file in a process of its own and count what it did.
 * Counted once each: every test, a suite that is skipped whole, a suite whose own hook or body failed, and the file
 * itself when it cannot be loaded, ends badly, registers no test, or is still running after `limitMs`.
 * A test marked `todo` counts as failed: it promises something that is not there.
 */
export async function runTestFile(file: string, limitMs: number): Promise<FileResult> {
  const startedMs = performance.now()
  const aborter = new AbortController()
  const timer = setTimeout(() => aborter.abort(), limitMs)
  const entries: Entry[] = []
  const output: string[] = []
  let passed = 0
  let ended = false

  for await (const event of run({ files: [file], signal: aborter.signal })) {
    const data = event.data as EventData
    if (event.type === 'test:stdout' || event.type === 'test:stderr') output.push(data.message)
    if (event.type === 'test:diagnostic' && data.message.startsWith('Error:')) output.push(`${data.message}\n`)
    if (event.type !== 'test:complete') continue
    const isFile = data.nesting === 0 && data.name === file
    for (const entry of entries) {
      if (isFile || entry.nesting !== data.nesting + 1) continue
      entry.title = `${data.name} > ${entry.title}`
      entry.nesting = data.nesting
    }
    if (isFile) ended = true
    const verdict = judge(data, isFile, passed + entries.length, aborter.signal.aborted ? limitMs : undefined)
    if (verdict === 'passed') passed += 1
    else if (verdict !== 'nothing')
      entries.push({ ...verdict, title: isFile ? 'the file' : data.name, nesting: data.nesting })
  }
  clearTimeout(timer)
  if (!ended)
    entries.push({ kind: 'failed', title: 'the file', nesting: 0, text: 'the runner never saw this file end' })

  return {
    file,
    passed,
    failures: entries.filter((e) => e.kind === 'failed').map((e) => ({ title: e.title, text: e.text })),
    skips: entries.filter((e) => e.kind === 'skipped').map((e) => ({ title: e.title, reason: e.text })),
    seconds: (performance.now() - startedMs) / 1000,
    output: output.join(''),
  }
}

type Verdict = 'passed' | 'nothing' | { readonly kind: 'failed' | 'skipped'; readonly text: string }

function judge(data: EventData, isFile: boolean, countedBefore: number, overrunMs: number | undefined): Verdict {
  const { type, error } = data.details
  if (isFile && overrunMs !== undefined) {
    return failed(`still running after ${overrunMs / 1000} s: an endless loop, or a timer, server or worker left open`)
  }
  if (isFile && countedBefore === 0 && error === undefined) return failed('registers no test')
  // The file and its suites fail because a test inside did: that test has been counted.
  if (error?.failureType === 'subtestsFailed' && (isFile || type === 'suite')) return 'nothing'
  if (isFile && error?.exitCode !== undefined) {
    return failed(
      `its process ended with ${error.signal ?? `exit code ${error.exitCode}`}, for a reason outside its tests`,
    )
  }
  if (error !== undefined) return failed(errorText(error))
  if (data.skip !== undefined && data.skip !== false) {
    return { kind: 'skipped', text: typeof data.skip === 'string' && data.skip !== '' ? data.skip : 'no reason given' }
  }
  if (data.todo !== undefined && data.todo !== false) return failed('marked todo: write the test or remove it')
  return isFile || type === 'suite' ? 'nothing' : 'passed'
}

function failed(text: string): Verdict {
  return { kind: 'failed', text }
}

/** node:test wraps the thrown value; the frames of Node itself say nothing about our code. */
function errorText(error: Error): string {
  const cause = error.cause ?? error
  return inspectError(cause)
    .split('\n')
    .filter((line) => !/^\s+at .*\(?node:/.test(line))
    .join('\n')
}

function inspectError(cause: unknown): string {
  if (typeof cause === 'string') return cause
  // The message of a failed assertion already shows both sides; its fields would show them again.
  if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_ASSERTION') return cause.stack ?? cause.message
  return inspect(cause, { depth: 8, breakLength: 120 })
}
