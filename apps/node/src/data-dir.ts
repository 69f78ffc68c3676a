import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Trouble } from './trouble.ts'

/** Where `npm start` keeps its ledger: `.dujiang/` in the repository, whatever the working directory. */
export const defaultDataDir = fileURLToPath(new URL('../../../.dujiang', import.meta.url))

/** Where `npm run network` keeps its six nodes. */
export const defaultNetworkDir = fileURLToPath(new URL('../../../.dujiang-network', import.meta.url))

interface Holder {
  readonly pid: number
  readonly url: string
}

/** Who holds a folder: only words for a message; the lock itself is the journal's. */
const holderPath = (dataDir: string): string => `${dataDir}/holder.json`

export function sayHolder(dataDir: string, url: string): void {
  writeFileSync(holderPath(dataDir), `${JSON.stringify({ pid: process.pid, url })}\n`)
}

export function forgetHolder(dataDir: string): void {
  rmSync(holderPath(dataDir), { force: true })
}

/** The trouble with a folder that another process has open, naming it. */
export function inUse(dataDir: string, cause: unknown): Trouble {
  const holder = readHolder(dataDir)
  const who = holder === undefined ? { zh: '另一进程', en: 'another process' } : describe(holder)
  return new Trouble(
    `${dataDir} 正被${who.zh}使用；先停止它，或用 --data 另指目录`,
    `the ledger is in use by ${who.en}`,
    cause,
  )
}

const describe = ({ pid, url }: Holder) => ({ zh: `进程 ${pid}（${url}）`, en: `process ${pid}` })

function readHolder(dataDir: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(holderPath(dataDir), 'utf8')) as Holder
  } catch {
    return undefined
  }
}
