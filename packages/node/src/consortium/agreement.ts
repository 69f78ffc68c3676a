import { toHex } from '@dujiang/core/crypto'
import { CometRpc } from '../engine/comet/rpc.ts'
import { readHome } from '../network/index.ts'

/** Where the nodes of some homes stand, and what each has for the state at a height that all of them have. */
export interface Agreement {
  /** Newest heights, in the order of the homes. */
  readonly heights: readonly number[]
  /** The height of the headers compared. */
  readonly height: number
  /** In them, in the order of the homes: the state before that block. */
  readonly appHashes: readonly string[]
}

/** Asks the running nodes of these homes; rejects when one does not answer. */
export async function agreementOf(homes: readonly string[]): Promise<Agreement> {
  const rpcs: CometRpc[] = []
  for (const home of homes) rpcs.push(new CometRpc((await readHome(home)).rpcUrl))
  try {
    const heights = await Promise.all(rpcs.map(async (rpc) => (await rpc.status()).height))
    const height = Math.min(...heights)
    const commits = await Promise.all(rpcs.map((rpc) => rpc.commit(height)))
    return { heights, height, appHashes: commits.map(({ header }) => toHex(header.appHash)) }
  } finally {
    for (const rpc of rpcs) rpc.close()
  }
}
