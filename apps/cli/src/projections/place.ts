import { existsSync } from 'node:fs'
import { homePaths } from '@dujiang/node/network'
import { projectionPaths } from '@dujiang/node/projections'
import { readHolder } from '../node/holder.ts'

/** Where the lists of a node on this machine are, and who serves them now, if anybody does. */
export interface ListsOfNode {
  readonly paths: ReturnType<typeof projectionPaths>
  readonly url?: string
}

/** @param dir the data folder of a node, or the home of a node of a network */
export function listsOf(dir: string): ListsOfNode {
  const home = homePaths(dir)
  const dataDir = existsSync(home.peers) ? home.ledger : dir
  const url = readHolder(dir)?.url
  return { paths: projectionPaths(dataDir), ...(url === undefined ? {} : { url }) }
}

/** Has the node ever kept lists? */
export const keepsLists = ({ paths: { folder } }: ListsOfNode): boolean => existsSync(folder)
