import { stat } from 'node:fs/promises'
import type { TomlTable } from 'smol-toml'
import { versionOf } from './binary.ts'
import { defaultConfig } from './config.ts'

/** What a cometbft program is. */
export interface EngineProgram {
  /** Of the module it was built from; undefined where it does not say. */
  readonly version: string | undefined
  /** Everything it can be told, with its own defaults. */
  readonly config: TomlTable
}

interface Seen {
  readonly file: string
  readonly program: Promise<EngineProgram>
}
const seen = new Map<string, Seen>()

/** What the program at this path is now: asked once, and again when the file is another. */
export async function engineProgram(path: string): Promise<EngineProgram> {
  const { ino, size, mtimeMs } = await stat(path)
  const file = `${ino} ${size} ${mtimeMs}`
  const before = seen.get(path)
  if (before?.file === file) return before.program
  const program = ask(path)
  seen.set(path, { file, program })
  // What could not be asked is asked again.
  program.catch(() => seen.delete(path))
  return program
}

async function ask(path: string): Promise<EngineProgram> {
  const [version, config] = await Promise.all([versionOf(path), defaultConfig(path)])
  return { version, config }
}
