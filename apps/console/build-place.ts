import { existsSync, renameSync, rmSync } from 'node:fs'

/** In place of a folder, and beside it. */
const IN_BETWEEN = new Set(['ENOENT', 'ENOTEMPTY', 'EEXIST'])

/** Puts a folder into the place of another that is there or not. Several may do so at the same time: the last one stays. */
export function putInPlace(made: string, place: string): void {
  const old = `${made}-old`
  for (;;) {
    try {
      if (existsSync(place)) renameSync(place, old)
      renameSync(made, place)
      return
    } catch (cause) {
      // Another has come between the two steps: they are taken anew.
      if (!IN_BETWEEN.has((cause as NodeJS.ErrnoException).code ?? '') || !existsSync(made)) throw cause
    } finally {
      rmSync(old, { recursive: true, force: true })
    }
  }
}
