import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Pages } from '@dujiang/node/api'

const BUILD = fileURLToPath(new URL('../../console/build.ts', import.meta.url))

/** The console beside the API; what is unknown below the API's own first parts stays the API's. */
export const consolePages: Pages = {
  dir: fileURLToPath(new URL('../../console/dist', import.meta.url)),
  notBelow: ['v1', 'health', 'docs', 'demo'],
}

/** Builds the console where that has not been done since its sources changed. Throws with what the build said. */
export function buildConsole(): Promise<void> {
  return new Promise((resolve, reject) => {
    const build = spawn(process.execPath, [BUILD, '--if-stale'], { stdio: ['ignore', 'ignore', 'pipe'] })
    const said: Buffer[] = []
    build.stderr.on('data', (bytes: Buffer) => said.push(bytes))
    build.on('error', reject)
    build.on('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`the console cannot be built: ${Buffer.concat(said).toString().trim()}`))
    })
  })
}
