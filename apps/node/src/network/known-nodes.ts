import { readFileSync } from 'node:fs'
import type { NamedNode } from '@dujiang/node/api'
import { readConsortium } from '@dujiang/node/consortium'
import { networkDirOf, orgOf } from './found.ts'

/** The nodes of the sample's network as the one of this home names them. */
export function knownNodes(home: string): readonly NamedNode[] {
  const consortium = readConsortium(readFileSync(`${networkDirOf(home)}/consortium.json`))
  if (typeof consortium === 'string') throw new Error(`consortium.json of the network: ${consortium}`)
  const own = orgOf(home)
  return consortium.nodes.map(({ org, name, role, api }) => ({ org, name, role, api, here: org === own }))
}
