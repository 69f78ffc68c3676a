import type { FileResult } from './test-file.ts'

/** One line for a file that passed; for one that failed, also each failure in full and what the file wrote. */
export function fileReport(result: FileResult): string {
  const count = result.passed + result.failures.length
  const skips = result.skips.length === 0 ? '' : `, ${result.skips.length} skipped`
  const word = result.failures.length === 0 ? 'ok  ' : 'FAIL'
  const lines = [
    `${word} ${result.file}  ${count} ${count === 1 ? 'test' : 'tests'}${skips}  ${result.seconds.toFixed(1)} s`,
  ]
  for (const failure of result.failures) lines.push('', `  ✗ ${failure.title}`, indent(failure.text, 4), '')
  if (result.failures.length > 0 && result.output !== '') {
    lines.push('  output of the file:', indent(result.output.trimEnd(), 4), '')
  }
  return lines.join('\n')
}

/** What a reader of the end of the log needs: the skipped with their reasons, the failed by title, the count last. */
export function summary(results: readonly FileResult[]): string {
  const lines: string[] = []
  const skips = results.flatMap((r) => r.skips.map((s) => `  - ${s.title} (${r.file})\n      ${s.reason}`))
  if (skips.length > 0) lines.push('', 'Skipped:', ...skips)
  const failures = results.flatMap((r) => r.failures.map((f) => `  ✗ ${f.title} (${r.file})`))
  if (failures.length > 0) lines.push('', 'Failed:', ...failures)
  lines.push('', countLine(results))
  return lines.join('\n')
}

/** `N passed, N failed`, and `, N skipped` when there are some. */
function countLine(results: readonly FileResult[]): string {
  let passed = 0
  let failed = 0
  let skipped = 0
  for (const result of results) {
    passed += result.passed
    failed += result.failures.length
    skipped += result.skips.length
  }
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/** A run is good when something ran and nothing failed: an empty run proves nothing. */
export function isGood(results: readonly FileResult[]): boolean {
  return results.every((r) => r.failures.length === 0) && results.some((r) => r.passed > 0)
}

function indent(text: string, columns: number): string {
  const margin = ' '.repeat(columns)
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : margin + line))
    .join('\n')
}
