import { join } from 'node:path'
import type { GenesisValidator } from '@dujiang/chain'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import { type Peer, type Settings, layOutHome, nodeIdOfSecret } from '@dujiang/node/network'
import { freePorts } from './ports.ts'

/** A node of the rig, laid out and not started. */
export interface Place {
  readonly name: string
  readonly home: string
  /** Of its HTTP interface. */
  readonly apiPort: number
  readonly p2pPort: number
  readonly rpcUrl: string
}

export interface FoundingOptions {
  /** An existing folder; short, for there are sockets in it. */
  readonly dir: string
  /** Path of the cometbft binary. */
  readonly cometbft: string
  readonly validators: number
  /** Nodes that do not vote; they come after the validators. */
  readonly fullNodes?: number
  readonly genesis: (validators: readonly GenesisValidator[], timeMs: number) => Uint8Array
  readonly settings?: Settings
  /** Where the peers of a node find it; on loopback unless told. */
  readonly addressOf?: (at: number) => string
  /** Whose validator's key a node has; its own unless told. */
  readonly keyOf?: (at: number) => number
}

/** The turn of a proposer who is not there passes sooner than in earnest: for tests that are not about how soon. */
export const IMPATIENT: Settings = { consensus: { timeout_propose: '1s' } }

/** The validator of the rig with this number: its secret is made of it, so that every run has the same. */
export const validatorSecret = (at: number): Uint8Array => secretOf(`validator ${at}`)
const nodeSecret = (at: number): Uint8Array => secretOf(`node ${at}`)
const secretOf = (name: string): Uint8Array => nodeCrypto.sha256(new TextEncoder().encode(`rig ${name}`))

/** What the genesis file says of the validator with this number. */
export function rigValidator(at: number): GenesisValidator {
  const { publicKey } = signerFromSecret('ed25519', validatorSecret(at))
  return { name: `n${at}`, controller: `CTRL${at}`, org: `VAL${at}`, key: toHex(publicKey), power: 10 }
}

/** Founds a ledger now and lays out a home for each of its nodes; each knows all others. */
export async function found(options: FoundingOptions): Promise<{
  readonly genesisBytes: Uint8Array
  readonly places: readonly Place[]
}> {
  const { dir, cometbft, validators, fullNodes = 0, settings, keyOf = (at) => at } = options
  const { addressOf = () => '127.0.0.1' } = options
  const count = validators + fullNodes
  const genesisBytes = options.genesis(
    Array.from({ length: validators }, (_, at) => rigValidator(at)),
    Date.now(),
  )
  const ports = await freePorts(4 * count)
  const portOf = (at: number, which: number): number => ports[4 * at + which] as number
  const peers = Array.from({ length: count }, (_, at): Peer => {
    return { nodeId: nodeIdOfSecret(nodeSecret(at)), name: `n${at}`, host: addressOf(at), port: portOf(at, 0) }
  })
  const places = peers.map(({ name, port }, at): Place => {
    const rpcUrl = `http://127.0.0.1:${portOf(at, 1)}`
    return { name, home: join(dir, name), apiPort: portOf(at, 3), p2pPort: port, rpcUrl }
  })
  await Promise.all(
    places.map(({ home, name }, at) =>
      layOutHome({
        home,
        cometbft,
        moniker: name,
        genesisBytes,
        ports: { p2p: { host: addressOf(at), port: portOf(at, 0) }, rpc: portOf(at, 1), cometMetrics: portOf(at, 2) },
        peers: peers.filter((_, other) => other !== at),
        nodeSecret: nodeSecret(at),
        validatorSecret: validatorSecret(keyOf(at)),
        ...(settings === undefined ? {} : { settings }),
      }),
    ),
  )
  return { genesisBytes, places }
}
