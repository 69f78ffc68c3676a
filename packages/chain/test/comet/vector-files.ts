import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { sharedDir } from '@dujiang/testing/shared'

const own = join(import.meta.dirname, 'vectors')

/** The parsed JSON of a file beside these tests; vectors/README.md says whose it is. */
// biome-ignore lint/suspicious/noExplicitAny: files of other projects, read by tests that know their shape
export const ownJson = (path: string): any => JSON.parse(readFileSync(join(own, path), 'utf8'))

/** All parsed JSON files of a folder beside these tests, by name. */
export function ownFolder(path: string): [name: string, json: unknown][] {
  return jsonNames(join(own, path)).map((name) => [name, ownJson(join(path, name))])
}

/** The parsed JSON of a file of the reference material, or undefined when it is not beside the repository. */
// biome-ignore lint/suspicious/noExplicitAny: files of other projects, read by tests that know their shape
export function sharedJson(path: string): any {
  const file = sharedFile(path)
  if (file === undefined) return undefined
  const bytes = readFileSync(file)
  return JSON.parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'))
}

/** All parsed JSON files of a folder of the reference material, by name. */
export function sharedFolder(path: string): [name: string, json: unknown][] {
  const folder = sharedFile(path)
  if (folder === undefined) return []
  return jsonNames(folder).map((name) => [name, sharedJson(join(path, name))])
}

const jsonNames = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()

function sharedFile(path: string): string | undefined {
  const shared = sharedDir()
  if (shared === undefined) return undefined
  const file = join(shared, path)
  return existsSync(file) ? file : undefined
}
