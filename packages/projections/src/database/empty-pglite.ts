import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'

/**
 * Lays out an empty database in `dir`. Making one takes seconds of a processor and copying one a tenth, so the first that is
 * made on a machine is kept in the user's cache, for this version of PGlite. Where there can be no cache, one is made.
 */
export async function layOutEmpty(dir: string): Promise<void> {
  const making = `${dir}.${randomUUID()}`
  try {
    const kept = await keptEmpty().catch(() => undefined)
    if (kept === undefined) await make(making)
    else await cp(kept, making, { recursive: true })
    await rm(dir, { recursive: true, force: true })
    // Whole or not at all: what a killed process leaves would pass for a database.
    await rename(making, dir)
  } finally {
    await rm(making, { recursive: true, force: true })
  }
}

async function keptEmpty(): Promise<string> {
  const caches = process.env['XDG_CACHE_HOME'] ?? join(process.env['HOME'] ?? homedir(), '.cache')
  const kept = join(caches, 'dujiang', `pglite-${await version()}`)
  if (existsSync(kept)) return kept
  const making = `${kept}.${randomUUID()}`
  await mkdir(dirname(kept), { recursive: true })
  try {
    await make(making)
    // Another process may have been faster: its own is as good.
    await rename(making, kept).catch(() => undefined)
  } finally {
    await rm(making, { recursive: true, force: true })
  }
  return kept
}

async function make(dir: string): Promise<void> {
  const lite = await PGlite.create(dir)
  await lite.close()
}

async function version(): Promise<string> {
  const main = fileURLToPath(import.meta.resolve('@electric-sql/pglite'))
  const { version: given } = JSON.parse(await readFile(join(dirname(main), '../package.json'), 'utf8')) as {
    readonly version: string
  }
  return given
}
