import { writeFile } from 'node:fs/promises'
import { EXIT_REFUSED, Failure } from '../failure.ts'
import { say } from '../language.ts'
import { fetchOf } from '../online/connection.ts'
import { print } from '../output.ts'
import { fetchCheckpoint } from '../witness/fetch-checkpoint.ts'
import { readCardFile } from './public-files.ts'

export interface CheckpointFlags {
  readonly out: string
  readonly tls?: string
}

/** Fetches what the node of a card vouches for, and keeps it: later it shows whether the history is still the same. */
export async function checkpoint(cardPath: string, flags: CheckpointFlags): Promise<void> {
  const card = await readCardFile(cardPath)
  const fetched = await fetchCheckpoint(card, fetchOf(flags).fetch)
  if (fetched === undefined) {
    throw new Failure(`${card.org} 的节点现在不作见证`, `the node of ${card.org} vouches for nothing now`, EXIT_REFUSED)
  }
  await writeFile(flags.out, fetched.bytes)
  const { height, block } = fetched.checkpoint
  await print(
    say(
      `${card.org} 见证区块 ${height} ${block}，已存入 ${flags.out}\n`,
      `${card.org} vouches for block ${height} ${block}; kept in ${flags.out}\n`,
    ),
  )
}
