import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Client, type Committed, isWithheld } from '@dujiang/client'
import type { Verdict } from './verdict.ts'

const verifier = fileURLToPath(new URL('verify.ts', import.meta.url))
const FETCHED_AT_ONCE = 16
const WIDTH = 6

/** Receipts above an index, as proof files in a folder. */
export interface Fetched {
  readonly folder: string
  readonly receipts: readonly Committed[]
}

/** Fetches the proof file of every receipt after an index into a folder, each named by its place in the log. */
export async function fetchProofs(client: Client, after: number, folder: string): Promise<Fetched> {
  const receipts: Committed[] = []
  for await (const listed of client.receipts({ after })) {
    if (isWithheld(listed)) throw new Error(`receipt ${listed.index} is withheld although its gate has closed`)
    receipts.push(listed)
  }
  const last = receipts.at(-1)
  if (last !== undefined) await client.waitProvable(last.receipt.id)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (let from = 0; from < receipts.length; from += FETCHED_AT_ONCE) {
    await Promise.all(
      receipts.slice(from, from + FETCHED_AT_ONCE).map(async ({ receipt }) => {
        const name = `${String(receipt.index).padStart(WIDTH, '0')}.json`
        writeFileSync(`${folder}/${name}`, await client.waitProvable(receipt.id))
      }),
    )
  }
  return { folder, receipts }
}

/** Verifies a folder of proof files in a process that knows the genesis file alone. */
export async function verifyOffline(genesisPath: string, folder: string): Promise<Verdict> {
  const { stdout } = await promisify(execFile)(process.execPath, [verifier, genesisPath, folder], {
    env: {},
    maxBuffer: 16 * 1024 * 1024,
  })
  return JSON.parse(stdout) as Verdict
}
