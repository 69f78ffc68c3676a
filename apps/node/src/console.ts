import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Pages } from '@dujiang/node/api'
import { hideBuilding, showBuilding } from './building.ts'

const BUILD = fileURLToPath(new URL('../../console/build.ts', import.meta.url))

/** The console beside the API. */
export const consolePages: Pages = { dir: fileURLToPath(new URL('../../console/dist', import.meta.url)) }

/** Where it is served, and by whom where there are several. */
interface ConsolePlace {
  readonly url: string
  readonly whose?: string
}

/**
 * Builds the console where that has not been done since its sources changed, and says where it is: beside what goes on, for
 * the first time it takes some seconds, during which a page in its place says so. Without it the ledger is served all the same.
 */
export async function offerConsole(places: readonly ConsolePlace[], print: (line: string) => void): Promise<void> {
  showBuilding(consolePages.dir)
  const hide = (): void => hideBuilding(consolePages.dir)
  process.once('exit', hide)
  try {
    await buildConsole()
    for (const { url, whose = '' } of places) print(`控制台 console ${url}  ${whose}`.trimEnd())
  } catch (cause) {
    hide()
    process.stderr.write(`控制台未能构建 no console: ${(cause as Error).message}\n`)
  }
}

function buildConsole(): Promise<void> {
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
