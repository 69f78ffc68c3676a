import { readFile } from 'node:fs/promises'
import type { AbciCall } from '@dujiang/node/abci'
import { callsFile } from './ledger-half.ts'

/** Every call that the engine made of a home's ledger, over all their lives; each cometbft process has a number of its own. */
export async function callsOf(home: string): Promise<readonly AbciCall[]> {
  const lines = (await readFile(callsFile(home), 'utf8')).split('\n').filter((line) => line !== '')
  const processes = new Map<string, number>()
  return lines.map((line) => {
    const { life, process, ...call } = JSON.parse(line) as AbciCall & { readonly life: string }
    const name = `${life} ${process}`
    const number = processes.get(name) ?? processes.size + 1
    processes.set(name, number)
    return { ...call, process: number }
  })
}
