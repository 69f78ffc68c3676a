import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Fetch } from '@dujiang/client'
import { authoritiesOf, memberCard } from '@dujiang/node/consortium'
import { tlsFetch } from '../online/tls-fetch.ts'
import { MEMBERS, type PublicFiles } from './public-files.ts'

/** The interfaces of the other members' nodes, and how the machine with these keys asks them. */
export interface Others {
  readonly urls: readonly string[]
  readonly how: { readonly fetch?: Fetch }
}

export async function othersOf({ consortium }: PublicFiles, keys: string): Promise<Others> {
  const authorities = authoritiesOf(consortium)
  if (authorities !== '') await writeFile(join(keys, MEMBERS), authorities)
  const own = await memberCard(keys)
  const others = consortium.nodes.filter(({ nodeId }) => nodeId !== own.nodeId)
  return { urls: others.map(({ api }) => api), how: authorities === '' ? {} : { fetch: tlsFetch(keys) } }
}
