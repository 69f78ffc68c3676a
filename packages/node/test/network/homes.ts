import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { TestContext } from 'node:test'
import { type Genesis, writeGenesis } from '@dujiang/chain'
import { toHex } from '@dujiang/core/crypto'
import { signerFromSecret } from '@dujiang/crypto/node'
import { freePorts } from '@dujiang/testing/network'
import {
  type Cometbft,
  type HomePlan,
  CometbftMissing,
  lookForCometbft,
  nodeIdOfSecret,
} from '../../src/network/index.ts'

const found = await lookForCometbft()
export const cometbft: Cometbft | undefined = found instanceof CometbftMissing ? undefined : found
/** For `it`: false, or what is missing. */
export const skip: false | string = found instanceof CometbftMissing ? found.message : false

export const secret = (byte: number) => new Uint8Array(32).fill(byte)
export const countingApp = resolve(import.meta.dirname, '../support/counting-app-run.ts')

/** A genesis file whose validators have the secrets {@link secret}(1), (2), … */
export function genesisOf(validators: number, changes: Partial<Genesis> = {}): Uint8Array {
  return writeGenesis({
    app: { name: 'trivial', state: {}, version: 1 },
    domain: 'public',
    name: 'test',
    time: Date.parse('2026-01-01T00:00:00Z'),
    v: 1,
    validators: Array.from({ length: validators }, (_, i) => ({
      controller: `controller ${i}`,
      key: toHex(signerFromSecret('ed25519', secret(i + 1)).publicKey),
      name: `validator ${i}`,
      org: `org-${i}`,
      power: 10,
    })),
    ...changes,
  })
}

type Ending = () => unknown
const endings = new WeakMap<TestContext, Ending[]>()

/** Runs `ending` when the test is over, the last one given first: node:test begins with the first. */
export function atEnd(t: TestContext, ending: Ending): void {
  const known = endings.get(t)
  if (known !== undefined) return void known.unshift(ending)
  const list = [ending]
  endings.set(t, list)
  t.after(async () => {
    for (const next of list) await next()
  })
}

/** A temporary folder, short enough for a socket in it, that goes with the test. */
export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'dj-'))
  atEnd(t, () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Plans of homes that know each other, in folders of `root`; all of them validators unless `voters` says fewer. */
export async function plans(root: string, count: number, voters = count): Promise<readonly HomePlan[]> {
  const ports = await freePorts(3 * count)
  const port = (i: number, which: number) => ports[3 * i + which]!
  const peers = Array.from({ length: count }, (_, i) => ({
    nodeId: nodeIdOfSecret(secret(100 + i)),
    name: `n${i}`,
    host: '127.0.0.1',
    port: port(i, 0),
  }))
  return peers.map(({ name }, i) => ({
    home: join(root, name),
    cometbft: cometbft!.path,
    moniker: name,
    genesisBytes: genesisOf(voters),
    ports: { p2p: { host: '127.0.0.1', port: port(i, 0) }, rpc: port(i, 1), cometMetrics: port(i, 2) },
    peers: peers.filter((peer) => peer.name !== name),
    nodeSecret: secret(100 + i),
    validatorSecret: secret(1 + i),
  }))
}

/** Puts a program in this place that can be told the same as ours and says of itself that it is cometbft v0.40.9. */
export function placeOtherVersion(path: string): void {
  const mark = 'mod\tgithub.com/cometbft/cometbft\t'
  const says = `path\tgithub.com/cometbft/cometbft/cmd/cometbft\n${mark}v0.40.9\t`
  writeFileSync(`${path}.other`, `#!/bin/sh\nexec ${cometbft!.path} "$@"\n${says}`, { mode: 0o755 })
  renameSync(`${path}.other`, path)
}

export const readText = (path: string) => readFileSync(path, 'utf8')
