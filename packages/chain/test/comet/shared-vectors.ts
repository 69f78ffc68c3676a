import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { sharedDir } from '@dujiang/testing/shared'

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
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return names.sort().map((name) => [name, sharedJson(join(path, name))])
}

function sharedFile(path: string): string | undefined {
  const shared = sharedDir()
  if (shared === undefined) return undefined
  const file = join(shared, path)
  return existsSync(file) ? file : undefined
}
