import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { Client, type Identity, type KeyFile, identityOf } from '@dujiang/client'
import { fromHex } from '@dujiang/core/crypto'
import { nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import { freeBlock } from '@dujiang/testing/network'
import type { Signatory } from '@dujiang/testing/province'

const root = resolve(import.meta.dirname, '../../../..')
/** Ten for each node. */
const PORTS = 60

/** A node that is down for as long as somebody holds it. */
export interface Held {
  /** Its supervisor sees what has happened, and starts it again. */
  letGo(): void
}

/** The sample's network as `npm run network -- --idle` runs it, with a console at each of its nodes. */
export class SampleNetwork {
  readonly #dir: string
  readonly #process: ChildProcess
  /** Addresses by organisation, in the order of the nodes. */
  readonly urls: ReadonlyMap<string, string>
  readonly #keys: ReadonlyMap<string, KeyFile>

  private constructor(dir: string, process: ChildProcess, urls: ReadonlyMap<string, string>, keys: SampleKeys) {
    this.#dir = dir
    this.#process = process
    this.urls = urls
    this.#keys = new Map(keys.map(({ org, person, key }) => [`${org}/${person}`, key]))
  }

  /** Founds it, registers the province, and resolves when every node serves the console. */
  static async start(...options: readonly string[]): Promise<SampleNetwork> {
    // Short: the path of a unix socket may have 103 bytes.
    const dir = mkdtempSync(join(tmpdir(), 'djc-'))
    const main = join(root, 'apps/node/src/network/main.ts')
    const port = await freeBlock(PORTS)
    const told = ['--data', dir, '--port', String(port), '--idle', ...options]
    const network = spawn(process.execPath, [main, ...told], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    try {
      const urls = await served(network)
      const answer = await fetch(`${urls.values().next().value}/demo/identities`)
      const { identities } = (await answer.json()) as { readonly identities: SampleKeys }
      return new SampleNetwork(dir, network, urls, identities)
    } catch (cause) {
      await end(network, dir)
      throw cause
    }
  }

  urlOf(org: string): string {
    const url = this.urls.get(org)
    if (url === undefined) throw new Error(`${org} runs no node`)
    return url
  }

  identity({ org, person }: Signatory): Identity {
    const key = this.#keys.get(`${org}/${person}`)
    if (key?.secret === undefined) throw new Error(`the sample province has no ${org}/${person}`)
    return identityOf(nodeCrypto.sha256, org, signerFromSecret(key.scheme, fromHex(key.secret)))
  }

  /** A client of one node alone. */
  clientOf(org: string, viewer?: Signatory): Client {
    const looks = viewer === undefined ? {} : { viewer: this.identity(viewer) }
    return new Client({ nodes: [this.urlOf(org)], sha256: nodeCrypto.sha256, ...looks })
  }

  /** Kills both processes of a node while their supervisor sleeps. Resolves when it answers no more. */
  async holdDown(org: string): Promise<Held> {
    this.#process.kill('SIGSTOP')
    const noted = readFileSync(join(this.#dir, 'nodes', org, 'children.json'), 'utf8')
    for (const { pid } of JSON.parse(noted) as readonly { readonly pid: number }[]) process.kill(pid, 'SIGKILL')
    while (await answers(this.urlOf(org)));
    return { letGo: () => void this.#process.kill('SIGCONT') }
  }

  stop(): Promise<void> {
    this.#process.kill('SIGCONT')
    return end(this.#process, this.#dir)
  }
}

type SampleKeys = readonly (Signatory & { readonly key: KeyFile })[]

/** The addresses of its consoles by organisation, once it says that it only serves from now on. */
async function served(network: ChildProcess): Promise<ReadonlyMap<string, string>> {
  const troubles: string[] = []
  const failed = new Promise<never>((_, reject) => {
    createInterface(network.stderr as NodeJS.ReadableStream).on('line', (line) => {
      troubles.push(line)
      if (line.startsWith('控制台未能构建')) reject(new Error(line))
    })
  })
  const said = async (): Promise<ReadonlyMap<string, string>> => {
    const urls = new Map<string, string>()
    const nodes = new Set<string>()
    let idle = false
    for await (const line of createInterface(network.stdout as NodeJS.ReadableStream)) {
      const node = /^\s+([A-Z]+)\s.*\s(http:\S+)$/.exec(line)?.[1]
      if (node !== undefined) nodes.add(node)
      const [, url = '', org = ''] = /^控制台 console (http\S+)\s+(\w+)/.exec(line) ?? []
      if (url !== '') urls.set(org, url)
      idle ||= line.startsWith('继续服务')
      if (idle && urls.size > 0 && urls.size === nodes.size) {
        // Whatever it says later must not fill the pipe.
        network.stdout?.resume()
        return urls
      }
    }
    throw new Error(`the network has ended before it served: ${troubles.join(' ')}`)
  }
  return Promise.race([said(), failed])
}

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/health`).then(
    () => true,
    () => false,
  )

async function end(network: ChildProcess, dir: string): Promise<void> {
  if (network.exitCode === null && network.signalCode === null) {
    const ended = new Promise((resolve) => network.once('exit', resolve))
    network.kill('SIGTERM')
    await ended
  }
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
}
