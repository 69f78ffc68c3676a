import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { GenesisValidator } from '@dujiang/chain'
import { Client } from '@dujiang/client'
import { nodeCrypto } from '@dujiang/crypto/node'
import { type HomeNodeOptions, type NetworkStand, type NodeStand, networkStand } from '@dujiang/node/network'
import { realClock } from '@dujiang/node/seams'
import { type ApplicationName, trivialFounding } from './applications.ts'
import { grammarBreaks } from './calls.ts'
import { type FoundingOptions, type Place, found } from './founding.ts'
import type { Load } from './load.ts'
import { HostMember } from './host-member.ts'
import { InsideMember } from './inside-member.ts'
import { callsFile } from './ledger-half.ts'
import type { Member } from './member.ts'
import type { Namespaces } from './namespaces.ts'
import { PairMember } from './pair-member.ts'

/** How the nodes of a network run. */
export interface RunOptions {
  /** Path of the cometbft binary. */
  readonly cometbft: string
  /** The cometbft of one node, where it has another. */
  readonly cometbftOf?: (at: number, place: Place) => string | undefined
  readonly application?: ApplicationName
  /** `inside`: the ledgers live in this process. `pairs`: each in its own, under a supervisor; in namespaces,
   * each of these on a host of its own. */
  readonly form: 'inside' | 'pairs' | Namespaces
  /** Of ledgers that live inside. */
  readonly half?: HomeNodeOptions
}

export interface ClusterOptions extends RunOptions, Omit<FoundingOptions, 'dir' | 'genesis'> {
  readonly genesis?: (validators: readonly GenesisValidator[], timeMs: number) => Uint8Array
}

/** What is there of a network before it runs. */
export interface Ground {
  /** A folder that goes with the network. */
  readonly dir: string
  readonly genesisBytes: Uint8Array
  /** A home may be laid out as late as before its start. */
  readonly places: readonly Place[]
}

const LOOK_MS = 200
const PATIENCE_MS = 240_000
/** So many blocks may have been decided on by a network that has just been halted. */
const UNDER_WAY_MAX = 2
/** Of one block, when the turn of a proposer who is down has to pass first. */
const BLOCK_MS_MAX = 5_000

/** A network of several nodes on this machine, laid out in a folder that goes with it. */
export class Cluster {
  readonly dir: string
  readonly genesisBytes: Uint8Array
  readonly members: readonly Member[]
  /** What the supervisors said. */
  readonly lines: string[]

  private constructor(dir: string, genesisBytes: Uint8Array, members: readonly Member[], lines: string[]) {
    this.dir = dir
    this.genesisBytes = genesisBytes
    this.members = members
    this.lines = lines
  }

  /** Lays out a network; nothing of it runs yet. */
  static async layOut(options: ClusterOptions): Promise<Cluster> {
    const { form, genesis = trivialFounding } = options
    const dir = await mkdtemp(join(tmpdir(), 'dujiang-rig-'))
    const addresses = typeof form === 'string' ? {} : { addressOf: (at: number) => form.addressOf(at) }
    const founded = await found({ ...options, ...addresses, dir, genesis }).catch(async (cause) => {
      await rm(dir, { recursive: true })
      throw cause
    })
    return Cluster.over({ dir, ...founded }, options)
  }

  /** A network of homes that others have laid out; nothing of it runs yet. */
  static over({ dir, genesisBytes, places }: Ground, options: RunOptions): Cluster {
    const { cometbft, cometbftOf, form, application = 'trivial', half = {} } = options
    const lines: string[] = []
    const members = places.map((place, at): Member => {
      const own = { place, application, cometbft: cometbftOf?.(at, place) ?? cometbft }
      if (form === 'inside') return new InsideMember({ ...own, half })
      const process = { ...own, compiled: join(dir, 'compiled'), log: (line: string) => lines.push(line) }
      if (form === 'pairs') return new PairMember(process)
      return new HostMember({ ...process, on: form.on(at), address: form.managementOf(at) })
    })
    return new Cluster(dir, genesisBytes, members, lines)
  }

  /** Lays out a network and starts all of it. Resolves when every node takes in acts. */
  static async start(options: ClusterOptions): Promise<Cluster> {
    const cluster = await Cluster.layOut(options)
    try {
      await cluster.startAll()
      return cluster
    } catch (cause) {
      // Why it did not start is what is to be said, not what its engines had asked by then.
      await cluster.close().catch(() => undefined)
      throw cause
    }
  }

  /** Starts all of it, or these nodes. Resolves when every one of them takes in acts. */
  async startAll(among: readonly number[] = [...this.members.keys()]): Promise<void> {
    await Promise.all(among.map((at) => this.member(at).start()))
    const takesIn = ({ height, ledger }: Answering): boolean => height > 1 && ledger?.['stalled'] === undefined
    await this.untilAll('all take in acts', takesIn, { among })
  }

  member(at: number): Member {
    const member = this.members[at]
    if (member === undefined) throw new Error(`there is no node ${at}`)
    return member
  }

  /** A client that asks one node alone. */
  clientOf(at: number): Client {
    return clientTo([this.member(at).url])
  }

  /** A client that knows all nodes, and begins with this one. */
  clientFrom(at: number): Client {
    return clientTo(this.members.map((_, step) => this.member((at + step) % this.members.length).url))
  }

  stand(among: readonly number[] = [...this.members.keys()]): Promise<NetworkStand> {
    const asked = among.map((at) => {
      const { place, url } = this.member(at)
      return { name: place.name, rpcUrl: place.rpcUrl, apiUrl: url }
    })
    return networkStand(asked, realClock)
  }

  /** Looks again and again until the network stands so; rejects, with how it stood last, when it never does. */
  async until(
    what: string,
    condition: (stand: NetworkStand) => boolean | Promise<boolean>,
    { among, withinMs = PATIENCE_MS }: { readonly among?: readonly number[]; readonly withinMs?: number } = {},
  ): Promise<NetworkStand> {
    const endMs = performance.now() + withinMs
    for (;;) {
      const stand = await this.stand(among)
      if (await condition(stand)) return stand
      if (performance.now() > endMs) {
        throw new Error(`${what}: not within ${withinMs} ms\n${JSON.stringify(stand)}\n${this.lines.join('\n')}`)
      }
      await delay(LOOK_MS)
    }
  }

  /** The same for each node by itself. */
  async untilAll(
    what: string,
    condition: (node: Answering) => boolean,
    options: { readonly among?: readonly number[]; readonly withinMs?: number } = {},
  ): Promise<readonly Answering[]> {
    const each = (node: NodeStand): boolean => 'height' in node && node.ledger !== undefined && condition(node)
    return (await this.until(what, ({ nodes }) => nodes.every(each), options)).nodes as readonly Answering[]
  }

  /** Resolves once these nodes are `blocks` heights past the foremost of now. */
  async advance(blocks: number, among?: readonly number[]): Promise<void> {
    const height = heightOf(await this.#allAnswering(among)) + blocks
    const withinMs = PATIENCE_MS + blocks * BLOCK_MS_MAX
    await this.untilAll(`height ${height}`, (node) => node.height >= height, { withinMs, ...(among && { among }) })
  }

  /** Resolves once these nodes have one height; rejects unless its header has one app hash everywhere. */
  async agree(among?: readonly number[]): Promise<void> {
    const areCompared = ({ nodes, agreement }: NetworkStand): boolean =>
      nodes.every((node) => 'height' in node) && agreement?.notCompared.length === 0
    const { agreement } = await this.until('all have an app hash at one height', areCompared, {
      ...(among && { among }),
    })
    const hashes = agreement?.appHashes ?? []
    if (hashes.length !== 1) throw new Error(`they differ: ${hashes.join(', ')}`)
  }

  /** How these nodes stand, once all of them say so at once: on a busy machine one may be late for a single question. */
  #allAnswering(among?: readonly number[]): Promise<NetworkStand> {
    const answer = ({ nodes }: NetworkStand): boolean => nodes.every((node) => 'height' in node && node.height > 0)
    return this.until('all answer', answer, { ...(among && { among }) })
  }

  /**
   * For a network that must not go on. Resolves once none of these nodes has had another block for `ms`; rejects when there are
   * more than can have been under way.
   */
  async standsStill(ms: number, among?: readonly number[]): Promise<void> {
    const first = heightOf(await this.#allAnswering(among))
    let height = first
    for (let endMs = performance.now() + ms; performance.now() < endMs; await delay(LOOK_MS)) {
      const now = heightOf(await this.stand(among))
      if (now <= height) continue
      if (now > first + UNDER_WAY_MAX) throw new Error(`the network went on from ${first} to ${now}`)
      height = now
      endMs = performance.now() + ms
    }
  }

  async stop(): Promise<void> {
    const stopped = await Promise.allSettled(this.members.map((member) => member.stop()))
    for (const each of stopped) if (each.status === 'rejected') throw each.reason
  }

  /**
   * Ends all of it, and a load on it that still runs, and removes its folder. Every network passes by here: rejects when one of its
   * engines has asked otherwise than by the grammar of ABCI.
   */
  async close(load?: Load): Promise<void> {
    await load?.abandon()
    try {
      await this.stop()
      const ran = this.members.map(({ place }) => place).filter(({ home }) => existsSync(callsFile(home)))
      const problems = await grammarBreaks(ran)
      if (problems.length > 0) throw new Error(problems.join('\n'))
    } finally {
      await rm(this.dir, { recursive: true, force: true, maxRetries: 3 })
      for (const { rpc } of this.members) rpc.close()
    }
  }
}

/** A node that answers, both its halves. */
export type Answering = Extract<NodeStand, { readonly height: number }>

/** The greatest height of a network; 0 when nobody answers. */
export const heightOf = ({ nodes }: NetworkStand): number =>
  Math.max(0, ...nodes.map((node) => ('height' in node ? node.height : 0)))

const clientTo = (nodes: readonly string[]): Client => new Client({ nodes, sha256: nodeCrypto.sha256 })
