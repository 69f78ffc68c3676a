import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { Trouble } from './trouble.ts'

/**
 * Makes a folder and those above it, for its owner alone. One at a time: where a folder cannot be made although the one
 * above it is there, as in /proc, Node's own recursive way never ends.
 */
export function makeFolder(path: string): void {
  if (isFolder(path)) return
  try {
    if (dirname(path) !== path) makeFolder(dirname(path))
    mkdirSync(path, { mode: 0o700 })
  } catch (cause) {
    if (cause instanceof Trouble) throw cause
    const { code } = cause as NodeJS.ErrnoException
    throw new Trouble(
      `无法建立目录 ${path}（${code}）；请用 --data 另指目录`,
      `cannot make ${path}: name another with --data`,
      cause,
    )
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
