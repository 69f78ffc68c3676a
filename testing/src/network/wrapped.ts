import { chmodSync, writeFileSync } from 'node:fs'

/** Writes a program that starts cometbft with further options, and gives its path. It becomes the process that it starts. */
export function wrappedComet(path: string, cometbft: string, start: readonly string[]): string {
  const options = start.map((option) => `'${option}'`).join(' ')
  writeFileSync(path, `#!/bin/sh\n[ "$1" = start ] || exec '${cometbft}' "$@"\nexec '${cometbft}' "$@" ${options}\n`)
  chmodSync(path, 0o755)
  return path
}
