import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

const BUILD = 'apps/console/build.ts'

/** What stands in a test that opens the console of a demo, or looks at the files that were built. */
const LOOKS = /\bstartDemo\(|--if-stale/

/**
 * Builds the console, where it is stale, before any of these tests that needs it: each would build it by itself otherwise,
 * and in a fresh clone two do so at once. Where it cannot be built, they find that out and say so.
 */
export async function provideConsole(files: readonly string[]): Promise<void> {
  if (!existsSync(BUILD) || !files.some((file) => LOOKS.test(readFileSync(file, 'utf8')))) return
  const build = spawn(process.execPath, [BUILD, '--if-stale'], { stdio: 'ignore' })
  await new Promise((ended) => build.on('close', ended))
}
