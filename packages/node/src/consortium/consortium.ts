import { type Genesis, readGenesis, writeGenesis } from '@dujiang/chain'
import { type Json, compile, decodeCanonical, encodeCanonicalBytes, s } from '@dujiang/core/codec'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import type { Peer } from '../network/index.ts'
import { type Card, apiProblem, cardShape } from './card.ts'

const consortiumSchema = compile(
  s.object({
    chain: s.hex(32),
    kind: s.literal('dujiang-consortium'),
    nodes: s.list(cardShape, { min: 1, max: 200 }),
    v: s.literal(1),
  }),
)

/** The nodes of a ledger as their organisations have stated them, in order of organisation. Rule CARD-2. */
export interface Consortium {
  readonly chain: string
  readonly nodes: readonly Card[]
}

/** Something about the founding that the members have to put right between them. */
export class FoundingRefused extends Error {
  override name = 'FoundingRefused'
}

export interface Founding extends Pick<Genesis, 'app' | 'domain' | 'follows' | 'name' | 'time'> {
  readonly cards: readonly Card[]
  /** Voting power by organisation; 10 unless told. */
  readonly powers?: Readonly<Record<string, number>>
}

/**
 * Even: the engine halves the power of those who signed a block, and rounds down, to find the median of their clocks. Of
 * three signers of power 1 it takes the slowest, and one clock of four, when another validator is down, would be the ledger's.
 */
const POWER = 10

export interface FoundedFiles {
  readonly chain: string
  readonly genesisBytes: Uint8Array
  readonly consortiumBytes: Uint8Array
}

/** The public files of a new network: every member that is given the same cards makes the same bytes. Rules CARD-2 and CARD-3. */
export function foundConsortium({ cards, powers = {}, follows, ...rest }: Founding): FoundedFiles {
  const nodes = inOrder(cards)
  demandDifferent(nodes)
  const validators = nodes
    .filter(({ role }) => role === 'validator')
    .map(({ validatorKey, name, controller, org }) => ({
      key: validatorKey,
      name,
      controller,
      org,
      power: powers[org] ?? POWER,
    }))
  for (const org of Object.keys(powers)) {
    if (!validators.some((each) => each.org === org)) throw new FoundingRefused(`${org} has power and no validator`)
  }
  demandSteadyClock(validators)
  demandBalance(validators)
  const genesisBytes = writeGenesis({ ...rest, ...(follows && { follows }), v: 1, validators })
  const { chain } = readGenesis(nodeCrypto.sha256, genesisBytes)
  return { chain, genesisBytes, consortiumBytes: writeConsortium({ chain, nodes }) }
}

export function writeConsortium({ chain, nodes }: Consortium): Uint8Array {
  const file = { chain, kind: 'dujiang-consortium', nodes: inOrder(nodes), v: 1 } as const
  return encodeCanonicalBytes(file as unknown as Json)
}

/** Reads one; a string says why it is none. */
export function readConsortium(bytes: Uint8Array): Consortium | string {
  const decoded = decodeCanonical(bytes, { bytesMax: 1024 * 1024, itemsMax: 200, keysMax: 64 })
  if (!decoded.ok) return `${decoded.reason} at byte ${decoded.at}`
  const problem = consortiumSchema.explain(decoded.value)
  if (problem !== undefined) return `${problem.path} ${problem.rule}`
  const consortium = decoded.value as unknown as Consortium
  for (const [place, node] of consortium.nodes.entries()) {
    const found = apiProblem(node)
    if (found !== undefined) return `/nodes/${place}${found}`
  }
  return consortium
}

/** Whom the node of this organisation lets in and calls: everybody else. */
export function peersOf({ nodes }: Consortium, nodeId: string): readonly Peer[] {
  return nodes
    .filter((node) => node.nodeId !== nodeId)
    .map((node) => ({ nodeId: node.nodeId, name: node.org, host: node.host, port: node.p2pPort }))
}

/** The certificates that vouch for the members' machines, as PEM; before each the host of that member's interface. Rule CARD-10. */
export const authoritiesOf = ({ nodes }: Consortium): string =>
  nodes.flatMap(({ api, authority }) => (authority === undefined ? [] : [hostLine(api), pemOf(authority)])).join('')

const hostLine = (api: string): string => `# host ${new URL(api).hostname}\n`

/** Written anew from its bytes, so that nothing in a card can be taken for another certificate, or for a host. */
const pemOf = (base64: string): string => {
  const text = Buffer.from(base64, 'base64').toString('base64')
  return `-----BEGIN CERTIFICATE-----\n${text.replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`
}

/** The hash by which members make sure on the telephone that they hold the same file. */
export const fileHash = (bytes: Uint8Array): string => toHex(nodeCrypto.sha256(bytes))

function inOrder(cards: readonly Card[]): readonly Card[] {
  return [...cards].sort((a, b) => (a.org < b.org ? -1 : a.org > b.org ? 1 : 0))
}

/** One node an organisation: further ones join once the ledger runs. */
function demandDifferent(nodes: readonly Card[]): void {
  for (const field of ['org', 'nodeId', 'validatorKey', 'doorKey'] as const) {
    const seen = new Map<string, string>()
    for (const node of nodes) {
      const other = seen.get(node[field])
      if (other !== undefined) throw new FoundingRefused(`${other} and ${node.org} have the same ${field}`)
      seen.set(node[field], node.org)
    }
  }
}

/** With an odd power one slow clock could become the ledger's; see {@link POWER}. */
function demandSteadyClock(validators: Genesis['validators']): void {
  const odd = validators.find(({ power }) => power % 2 === 1)
  if (odd !== undefined) throw new FoundingRefused(`${odd.org} has power ${odd.power}: powers are even`)
}

/** No ultimate controller may come to a third of the power: it could stop the ledger alone. */
function demandBalance(validators: Genesis['validators']): void {
  if (validators.length < 2) throw new FoundingRefused('a network has two validators or more: one alone is a pilot')
  const total = validators.reduce((sum, { power }) => sum + power, 0)
  for (const { controller } of validators) {
    const own = validators.filter((each) => each.controller === controller).reduce((sum, { power }) => sum + power, 0)
    if (own * 3 >= total) {
      throw new FoundingRefused(`${controller} would hold ${own} of ${total}: a third or more could stop the ledger`)
    }
  }
}
