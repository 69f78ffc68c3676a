import { existsSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fromHex } from '@dujiang/core/crypto'
import { type Card, type Consortium, PairGroup, layOutMember, readConsortium, readDoor } from '@dujiang/node/consortium'
import { type Member, members, networkFounders, networkState, nodeMembers } from '@dujiang/testing/province'
import { Failure } from '../failure.ts'
import { makeKeyFile } from '../keys/key-file.ts'
import { say } from '../language.ts'
import { removeHolder, writeHolder } from '../node/holder.ts'
import { print } from '../output.ts'
import { foundedFiles, writePublicFiles } from './found.ts'
import { homesOf } from './homes.ts'
import { makeNode } from './keys.ts'
import { wholeNumber } from './numbers.ts'
import { GENESIS } from './public-files.ts'
import { cometbftHere, explainedHome, isRunning, ledgerCommand, urlOf } from './run.ts'

export interface LocalFlags {
  readonly dir: string
  readonly validators: string
  readonly fullNodes: string
  readonly port: string
  readonly tls?: true
}

const HOST = '127.0.0.1'
/** Room of a node: its interface, its peers, RPC, three places for Prometheus. */
const STRIDE = 10

/** Founds a network of sample organisations on this machine, unless the folder holds one, and runs it until Ctrl-C. */
export async function local(flags: LocalFlags): Promise<void> {
  const { path: cometbft } = await cometbftHere()
  if (!existsSync(join(flags.dir, 'public', GENESIS))) await foundHere(flags, cometbft)
  const homes = await homesOf([], flags.dir)
  const group = new PairGroup(
    homes.map((home) => ({ name: home.slice(home.lastIndexOf('/') + 1), home })),
    { cometbft, app: ledgerCommand, log: (line) => void process.stderr.write(`${line}\n`) },
  )
  const asked = new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, done)
  })
  await group.take().catch((cause: unknown) => explainedHomes(homes, cause))
  try {
    for (const home of homes) {
      const url = urlOf(await readDoor(home))
      await print(`${home}  ${url}\n`)
      writeHolder(home, { pid: process.pid, url })
    }
    await group.start()
    await print(
      say(
        `Ctrl-C 停止全部；另开一窗：dujiang network status --dir ${flags.dir}\n`,
        `Ctrl-C ends all; in another window: dujiang network status --dir ${flags.dir}\n`,
      ),
    )
    await asked
  } catch (cause) {
    await explainedHomes(homes, cause)
  } finally {
    await group.stop()
    for (const home of homes) removeHolder(home)
  }
}

/** A group that fails has given its homes back by then: one that is held is another's. Its own port there is the supervisor's. */
async function explainedHomes(homes: readonly string[], cause: unknown): Promise<never> {
  const { port } = cause as { readonly port?: number }
  for (const home of homes) {
    if ((await isRunning(home)) || (await readDoor(home)).metrics.supervisor === port) explainedHome(home, cause)
  }
  throw cause
}

/** What in earnest happens in as many houses as there are organisations. */
async function foundHere({ dir, port, tls, validators, fullNodes }: LocalFlags, cometbft: string): Promise<void> {
  const nodes = chosen(wholeNumber('--validators', validators, 4, 20), wholeNumber('--full-nodes', fullNodes, 0, 10))
  const first = wholeNumber('--port', port, 1, 65_535 - STRIDE * nodes.length)
  await mkdir(dir, { recursive: true, mode: 0o700 })
  if ((await readdir(dir)).length > 0) {
    throw new Failure(
      `${dir} 不是空文件夹，也不是本命令所建的网络`,
      `${dir} is neither empty nor a network of this command`,
    )
  }
  const own = (at: number): number => first + at * STRIDE
  const cards: Card[] = []
  for (const [at, { org, name, controller, votes }] of nodes.entries()) {
    const api = `${tls === true ? 'https' : 'http'}://${HOST}:${own(at)}`
    const stated = { org, name, controller, host: HOST, p2pPort: own(at) + 1, api }
    cards.push(await makeNode(join(dir, 'keys', org), { ...stated, role: votes ? 'validator' : 'full' }))
  }
  const files = foundedFiles(await foundingOf(dir, nodes), cards)
  const consortium = readConsortium(files.consortiumBytes) as Consortium
  for (const [at, { org }] of nodes.entries()) {
    await layOutMember({
      home: join(dir, 'nodes', org),
      keysDir: join(dir, 'keys', org),
      genesisBytes: files.genesisBytes,
      consortium,
      ports: { p2p: { host: HOST, port: own(at) + 1 }, rpc: own(at) + 2, cometMetrics: own(at) + 3 },
      door: {
        host: HOST,
        port: own(at),
        tls: tls === true,
        metrics: { ledger: own(at) + 4, supervisor: own(at) + 5 },
      },
      cometbft,
    })
  }
  await writePublicFiles(join(dir, 'public'), files)
}

interface LocalNode extends Member {
  readonly controller: string
  readonly votes: boolean
}

/** The sample's own node members first, then others of the province. */
function chosen(validators: number, fullNodes: number): readonly LocalNode[] {
  const others = members
    .filter(({ org }) => nodeMembers.every((each) => each.org !== org))
    .map((member) => ({ ...member, controller: `${member.name} 实际控制人` }))
  const voting = [...nodeMembers.filter(({ node }) => node === 'validator'), ...others].slice(0, validators)
  const rest = [...nodeMembers.filter(({ node }) => node === 'full'), ...others].filter(
    (each) => !voting.includes(each),
  )
  return [
    ...voting.map((member): LocalNode => ({ ...member, votes: true })),
    ...rest.slice(0, fullNodes).map((member): LocalNode => ({ ...member, votes: false })),
  ]
}

/** The sample's founders and who runs a node, each person with a key file in the folder `people`. */
async function foundingOf(dir: string, nodes: readonly LocalNode[]) {
  const people = join(dir, 'people')
  await mkdir(people, { mode: 0o700 })
  const founders = [...networkFounders, ...nodes.filter(({ org }) => networkFounders.every((each) => each.org !== org))]
  const timeMs = Date.now()
  const state = networkState(
    timeMs,
    ({ org, person }) => {
      const { scheme, publicKey } = makeKeyFile(join(people, `${org}-${person}.json`), org, 'sm2', undefined)
      return { scheme, publicKey: fromHex(publicKey) }
    },
    founders,
  )
  const name = say('本机示例网络', 'sample network on one machine')
  return { name, domain: 'public', timeMs, powers: {}, state }
}
