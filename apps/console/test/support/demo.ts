import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { Client, type KeyFile, type Identity, identityOf } from '@dujiang/client'
import { fromHex } from '@dujiang/core/crypto'
import { nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import type { Signatory } from '@dujiang/testing/province'
import { PassingTime } from './passing-time.ts'
import { ProvinceDesk } from './province-desk.ts'

const root = resolve(import.meta.dirname, '../../../..')
const CLOCK = import.meta.resolve('./demo-clock.ts')

/** A demo as `npm start -- --idle` runs it: its node, its console, the people of the sample province. */
export interface Demo {
  readonly url: string
  readonly client: Client
  /** Where the province's people do their business without a browser. */
  readonly desk: ProvinceDesk
  /** Its clock, which a test sets ahead. */
  readonly time: PassingTime
  identity(by: Signatory): Identity
  stop(): Promise<void>
}

/** Founds a ledger in a new folder, registers the province, builds the console where it is stale, and waits until both are served. */
export async function startDemo(): Promise<Demo> {
  const dir = mkdtempSync(join(tmpdir(), 'dujiang-console-'))
  const main = join(root, 'apps/node/src/main.ts')
  const node = spawn(process.execPath, ['--import', CLOCK, main, '--data', dir, '--idle'], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  try {
    const url = await served(node)
    const time = new PassingTime()
    time.follow(async (aheadMs) => {
      const set = once(node, 'message')
      node.send({ aheadMs })
      await set
    })
    const client = new Client({ nodes: [url], sha256: nodeCrypto.sha256, timing: time })
    const identity = await identities(url)
    return {
      url,
      client,
      identity,
      desk: new ProvinceDesk(client, identity, time),
      time,
      stop: () => end(node, dir),
    }
  } catch (cause) {
    await end(node, dir)
    throw cause
  }
}

/** Its address, once it says that the console is built and that it only serves from now on. */
async function served(node: ChildProcess): Promise<string> {
  const troubles: string[] = []
  const failed = new Promise<never>((_, reject) => {
    createInterface(node.stderr as NodeJS.ReadableStream).on('line', (line) => {
      troubles.push(line)
      if (line.startsWith('控制台未能构建')) reject(new Error(line))
    })
  })
  const said = async (): Promise<string> => {
    let url: string | undefined
    let idle = false
    for await (const line of createInterface(node.stdout as NodeJS.ReadableStream)) {
      url = /^控制台 console (http\S+)/.exec(line)?.[1] ?? url
      idle ||= line.startsWith('继续服务')
      if (url !== undefined && idle) {
        // Whatever it says later must not fill the pipe.
        node.stdout?.resume()
        return url
      }
    }
    throw new Error(`the demo has ended before it served: ${troubles.join(' ')}`)
  }
  return Promise.race([said(), failed])
}

async function identities(url: string): Promise<(by: Signatory) => Identity> {
  const answer = await fetch(`${url}/demo/identities`)
  const { identities: all } = (await answer.json()) as {
    readonly identities: readonly (Signatory & { readonly key: KeyFile })[]
  }
  const made = new Map<string, Identity>()
  for (const { org, person, key } of all) {
    const signer = signerFromSecret(key.scheme, fromHex(key.secret as string))
    made.set(`${org}/${person}`, identityOf(nodeCrypto.sha256, org, signer))
  }
  return ({ org, person }) => {
    const found = made.get(`${org}/${person}`)
    if (found === undefined) throw new Error(`the sample province has no ${org}/${person}`)
    return found
  }
}

async function end(node: ChildProcess, dir: string): Promise<void> {
  if (node.exitCode === null && node.signalCode === null) {
    const ended = new Promise((resolve) => node.once('exit', resolve))
    node.kill('SIGTERM')
    await ended
  }
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
}
