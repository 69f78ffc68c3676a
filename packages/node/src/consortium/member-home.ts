import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Of, compile, s } from '@dujiang/core/codec'
import { toHex } from '@dujiang/core/crypto'
import type { ApiTls, NamedNode } from '../api/index.ts'
import { writeWhole } from '../store/whole-file.ts'
import { type Ports, type Settings, homePaths, layOutHome } from '../network/index.ts'
import { type Card, readCard, writeCard } from './card.ts'
import { type Consortium, authoritiesOf, peersOf, readConsortium, writeConsortium } from './consortium.ts'
import { CARD_NAME, memberCard, memberSecrets } from './member-keys.ts'

const doorShape = s.object({
  host: s.text(200, undefined, 1),
  port: s.int(0, 65_535),
  /** Where Prometheus finds the numbers of the ledger and of the supervisor, on loopback. */
  metrics: s.object({ ledger: s.int(0, 65_535), supervisor: s.int(0, 65_535) }),
  /** It speaks TLS, to those for whom a member vouches. */
  tls: s.bool(),
})
const doorSchema = compile(doorShape)

/** Where the HTTP interface of a home listens, and how. */
export type Door = Of<typeof doorShape>

/** The certificate of a node's HTTP interface with its key, in a folder of keys and in a home alike; and who vouches for clients. */
export const TLS_FILES = { cert: 'tls.crt', key: 'tls.key', clients: 'members.crt' } as const

export interface MemberHomePlan {
  readonly home: string
  /** The organisation's own, made by `makeMemberKeys`. */
  readonly keysDir: string
  readonly genesisBytes: Uint8Array
  readonly consortium: Consortium
  readonly ports: Ports
  readonly door: Door
  /** Path of the cometbft binary. */
  readonly cometbft: string
  /** The organisation's own settings of the engine. */
  readonly settings?: Settings
}

/** Lays out the home of an organisation's node from what the members have agreed on and its own keys. Rule CARD-5. */
export async function layOutMember(plan: MemberHomePlan): Promise<void> {
  const { home, keysDir, genesisBytes, consortium, ports, door, cometbft, settings } = plan
  const card = await memberCard(keysDir)
  const { validator, node, door: doorSecret } = await memberSecrets(keysDir)
  const paths = homePaths(home)
  await layOutHome({
    home,
    cometbft,
    moniker: card.org,
    genesisBytes,
    ports,
    peers: peersOf(consortium, card.nodeId),
    nodeSecret: node,
    validatorSecret: validator,
    ...(settings && { settings }),
  })
  await writeWhole(cardPath(home), new TextDecoder().decode(writeCard(card)))
  await writeWhole(paths.doorKey, `${toHex(doorSecret)}\n`)
  await nameNodes(home, consortium)
  if (door.tls) await takeOverTls(keysDir, home, consortium)
  await writeWhole(doorPath(home), `${JSON.stringify(door, undefined, 2)}\n`)
}

/** The card of the node of a home. */
export async function homeCard(home: string): Promise<Card> {
  const card = readCard(Uint8Array.from(await readFile(cardPath(home))))
  if (typeof card === 'string') throw new Error(`${cardPath(home)} is no card: ${card}`)
  return card
}

export async function readDoor(home: string): Promise<Door> {
  const door: unknown = JSON.parse(await readFile(doorPath(home), 'utf8'))
  const problem = doorSchema.explain(door)
  if (problem !== undefined) throw new Error(`${doorPath(home)}: ${problem.path} ${problem.rule}`)
  return door as Door
}

/** What the HTTP interface of a home speaks TLS with. */
export async function readTls(home: string): Promise<ApiTls> {
  const read = (file: keyof typeof TLS_FILES): Promise<string> => readFile(tlsPath(home, file), 'utf8')
  const [cert, key, clients] = await Promise.all([read('cert'), read('key'), read('clients')])
  return { cert, key, clients }
}

/** Lets the clients of these members in; a node that runs sees it by itself. */
export const letClientsIn = (home: string, consortium: Consortium): Promise<void> =>
  writeWhole(tlsPath(home, 'clients'), authoritiesOf(consortium))

/** Has a node name the nodes of this list to whoever asks it; one that runs does so at once. Rule CARD-11. */
export const nameNodes = (home: string, consortium: Consortium): Promise<void> =>
  writeWhole(consortiumPath(home), new TextDecoder().decode(writeConsortium(consortium)))

/** The nodes that the node of a home, with this id, names now; none where it was given no list. */
export async function namedNodes(home: string, ownId: string): Promise<readonly NamedNode[]> {
  const path = consortiumPath(home)
  if (!existsSync(path)) return []
  const consortium = readConsortium(Uint8Array.from(await readFile(path)))
  if (typeof consortium === 'string') throw new Error(`${path} is no list of nodes: ${consortium}`)
  return consortium.nodes.map(({ org, name, role, api, nodeId }) => ({ org, name, role, api, here: nodeId === ownId }))
}

/** The folder of a home with what it speaks TLS with. */
export const tlsDir = (home: string): string => join(home, 'tls')

const tlsPath = (home: string, file: keyof typeof TLS_FILES): string => join(tlsDir(home), TLS_FILES[file])

const cardPath = (home: string): string => join(home, CARD_NAME)
const doorPath = (home: string): string => join(home, 'door.json')
const consortiumPath = (home: string): string => join(home, 'consortium.json')

async function takeOverTls(keysDir: string, home: string, consortium: Consortium): Promise<void> {
  await mkdir(tlsDir(home), { recursive: true })
  for (const file of ['cert', 'key'] as const) {
    await writeWhole(tlsPath(home, file), await readFile(join(keysDir, TLS_FILES[file]), 'utf8'))
  }
  await letClientsIn(home, consortium)
  // For the organisation's own clients: they believe the nodes that the same members vouch for.
  await writeWhole(join(keysDir, TLS_FILES.clients), authoritiesOf(consortium))
}
