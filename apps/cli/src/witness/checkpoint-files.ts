import { readFile } from 'node:fs/promises'
import { type Checkpoint, checkpointHolds, readCheckpoint } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import type { Card } from '@dujiang/node/consortium'
import { EXIT_REFUSED, Failure } from '../failure.ts'
import { unreadable } from '../input.ts'
import { readCardFile } from '../network/public-files.ts'

/** A checkpoint in a file, and the card of the node that signed it. */
export interface Kept {
  readonly file: string
  readonly checkpoint: Checkpoint
  readonly witness: Card
}

/** Reads them; refuses one that no node of these cards signed, or that is of another chain. */
export async function readCheckpoints(
  files: readonly string[],
  cards: readonly string[],
  chain: string,
): Promise<readonly Kept[]> {
  const witnesses = await Promise.all(cards.map(readCardFile))
  return Promise.all(files.map(async (file) => keptIn(file, witnesses, chain)))
}

async function keptIn(file: string, witnesses: readonly Card[], chain: string): Promise<Kept> {
  const checkpoint = readCheckpoint(Uint8Array.from(await readFile(file).catch(unreadable(file))))
  if (typeof checkpoint === 'string')
    throw new Failure(`${file} 不是检查点：${checkpoint}`, `${file} is no checkpoint: ${checkpoint}`)
  const witness = witnesses.find(({ doorKey }) => doorKey === checkpoint.node)
  if (witness === undefined)
    throw new Failure(
      `${file} 的签名者不在 --witness 所列名片中`,
      `${file} is signed by a key of none of the cards given with --witness`,
      EXIT_REFUSED,
    )
  if (!checkpointHolds(nodeCrypto, checkpoint))
    throw new Failure(`${file} 的签名不成立`, `the signature of ${file} is false`, EXIT_REFUSED)
  if (checkpoint.chain !== chain) throw new Failure(`${file} 属于另一条链`, `${file} is of another chain`, EXIT_REFUSED)
  return { file, checkpoint, witness }
}
