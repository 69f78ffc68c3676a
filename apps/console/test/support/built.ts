import { execFileSync } from 'node:child_process'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

/** The folder of the console as it is served, built anew where a source has changed. */
export function builtConsole(): string {
  execFileSync(process.execPath, [join(root, 'build.ts'), '--if-stale'])
  return join(root, 'dist')
}
