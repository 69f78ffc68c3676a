import { readFile } from 'node:fs/promises'
import { readCheckpoint } from '@dujiang/chain'
import { homePaths } from './home.ts'

/** The greatest height about which the keys of a home have signed anything, as validator or as witness; 0 for none. */
export async function signedHeightOf(home: string): Promise<number> {
  const { validatorState, witness } = homePaths(home)
  const [vote, checkpoint] = await Promise.all([textOf(validatorState), textOf(witness)])
  const voted = vote === undefined ? 0 : Number((JSON.parse(vote) as { readonly height: string }).height)
  const vouched = checkpoint === undefined ? undefined : readCheckpoint(new TextEncoder().encode(checkpoint))
  // A record that is damaged stops the engine, or the witness, which say so.
  return Math.max(voted, typeof vouched === 'object' ? vouched.height : 0)
}

async function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined
    throw cause
  })
}
