import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/**
 * The folder of reference material (published vectors, real data) that tests and demonstrations read when it is there:
 * `DUJIANG_SHARED`, or the folder `shared` beside the repository. Undefined when absent: the caller says what it skips.
 */
export function sharedDir(): string | undefined {
  const dir = process.env['DUJIANG_SHARED'] ?? resolve(import.meta.dirname, '../../../shared')
  return existsSync(dir) ? dir : undefined
}
