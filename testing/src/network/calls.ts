import { readFile } from 'node:fs/promises'
import type { AbciCall } from '@dujiang/node/abci'
import { grammarBreak } from '../abci/grammar.ts'
import type { Place } from './founding.ts'
import { callsFile } from './ledger-half.ts'

/** Every call that the engine made of a home's ledger, over all their lives; each cometbft process has a number of its own. */
export async function callsOf(home: string): Promise<readonly AbciCall[]> {
  return numbered((await readFile(callsFile(home), 'utf8')).split('\n'))
}

/** Holds what the engines of these nodes asked, over all their lives, against the grammar of ABCI. Gives what is wrong. */
export async function grammarBreaks(places: readonly Place[]): Promise<readonly string[]> {
  const problems: string[] = []
  for (const { name, home } of places) {
    const found = grammarBreak(await callsOf(home))
    if (found === undefined) continue
    const { index, call, expected } = found
    problems.push(`grammar: call ${index} of ${name} is ${JSON.stringify(call)}, expected ${expected}`)
  }
  return problems
}

/** The lines of a log of calls, as they were written. */
export function numbered(lines: readonly string[]): readonly AbciCall[] {
  const calls: AbciCall[] = []
  let processes = new Map<string, number>()
  let count = 0
  for (const line of lines.filter((each) => each !== '')) {
    const logged = callIn(line)
    if (logged === undefined) {
      // The disk was full, or the process died as it wrote: what comes now is another life, and is to begin like one.
      processes = new Map()
      continue
    }
    const { life, process, ...call } = logged
    const name = `${life} ${process}`
    const number = processes.get(name) ?? ++count
    processes.set(name, number)
    calls.push({ ...call, process: number })
  }
  return calls
}

/** Undefined where a line was not written to its end. */
function callIn(line: string): (AbciCall & { readonly life: string }) | undefined {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
