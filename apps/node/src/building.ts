import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PAGE = fileURLToPath(new URL('building.html', import.meta.url))

/** Stands in the console's place until it has been built: a page that says so and looks again; over no console that is there. */
export function showBuilding(dir: string): void {
  const place = join(dir, 'index.html')
  if (existsSync(place)) return
  const made = `${place}.${process.pid}`
  try {
    mkdirSync(dir, { recursive: true })
    copyFileSync(PAGE, made)
    // Older than every source, so that a build takes its place, whoever begins one.
    utimesSync(made, 0, 0)
    renameSync(made, place)
  } catch (cause) {
    // Somebody has put a build into the place just now.
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause
  }
}

/** Nothing is being built any more: where nothing has been, nothing says so. */
export function hideBuilding(dir: string): void {
  if (statSync(join(dir, 'index.html'), { throwIfNoEntry: false })?.mtimeMs === 0) rmSync(dir, { recursive: true })
}
