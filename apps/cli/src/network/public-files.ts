import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readGenesis } from '@dujiang/chain'
import { type Card, type Consortium, readCard, readConsortium } from '@dujiang/node/consortium'
import { nodeCrypto } from '@dujiang/crypto/node'
import { Failure } from '../failure.ts'
import { unreadable } from '../input.ts'

/** What all members hold alike. */
export interface PublicFiles {
  readonly genesisBytes: Uint8Array
  readonly consortium: Consortium
}

export const GENESIS = 'genesis.json'
export const CONSORTIUM = 'consortium.json'
export const MEMBERS = 'members.crt'

/** Reads the public files of a network; refuses those that do not belong together. */
export async function readPublicFiles(dir: string): Promise<PublicFiles> {
  const genesisBytes = await bytesOf(join(dir, GENESIS))
  const consortium = await consortiumIn(dir)
  const { chain } = readGenesis(nodeCrypto.sha256, genesisBytes)
  if (chain === consortium.chain) return { genesisBytes, consortium }
  throw new Failure(
    `${dir} 中的 ${CONSORTIUM} 属于另一条链`,
    `${CONSORTIUM} in ${dir} is of another chain than ${GENESIS} beside it`,
  )
}

async function consortiumIn(dir: string): Promise<Consortium> {
  const path = join(dir, CONSORTIUM)
  const consortium = readConsortium(await bytesOf(path))
  if (typeof consortium === 'object') return consortium
  throw new Failure(`${path} 不是成员节点清单：${consortium}`, `${path} is no list of nodes: ${consortium}`)
}

export async function readCardFile(path: string): Promise<Card> {
  const card = readCard(await bytesOf(path))
  if (typeof card === 'object') return card
  throw new Failure(`${path} 不是节点名片：${card}`, `${path} is no card: ${card}`)
}

/** Every card in a folder: files of any name that end in `.json`. */
export async function cardsIn(dir: string): Promise<readonly Card[]> {
  const names = (await readdir(dir).catch(unreadable(dir))).filter((name) => name.endsWith('.json')).sort()
  if (names.length === 0) throw new Failure(`${dir} 里没有名片`, `there are no cards in ${dir}`)
  return Promise.all(names.map((name) => readCardFile(join(dir, name))))
}

const bytesOf = async (path: string): Promise<Uint8Array> =>
  Uint8Array.from(await readFile(path).catch(unreadable(path)))
