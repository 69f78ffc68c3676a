import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import {
  foundConsortium,
  layOutMember,
  makeMemberKeys,
  readConsortium,
  readDoor,
  type Consortium,
} from '@dujiang/node/consortium'
import { readHome } from '@dujiang/node/network'
import { networkState, nodeMembers } from '@dujiang/testing/province'
import { type DemoKeys, demoKeys } from '../demo-keys.ts'
import { makeFolder } from '../make-folder.ts'
import { Trouble } from '../trouble.ts'
import { HOST, type NodePorts, choosePorts, demandFree } from './ports.ts'

/** The sample's network as its folder holds it, before its nodes run. */
export interface FoundedNetwork {
  readonly genesisBytes: Uint8Array
  readonly keys: DemoKeys
  /** The nodes, in the order of the sample's members. */
  readonly nodes: readonly SampleNode[]
  /** The folder held a network already. */
  readonly existed: boolean
}

export interface SampleNode {
  readonly org: string
  readonly name: string
  readonly votes: boolean
  readonly home: string
  readonly url: string
}

const homeOf = (dataDir: string, org: string): string => `${dataDir}/nodes/${org}`
/** The network's folder that a home lies in. */
export const networkDirOf = (home: string): string => resolve(home, '../..')
/** Whose node it is. */
export const orgOf = (home: string): string => basename(home)
const keysOf = (dataDir: string, org: string): string => `${dataDir}/keys/${org}`

/** Finds the sample's network in a folder, or founds one in an empty or missing folder. */
export async function networkIn(dataDir: string, cometbft: string, port: number | undefined): Promise<FoundedNetwork> {
  makeFolder(dataDir)
  const genesisPath = `${dataDir}/genesis.json`
  const existed = existsSync(genesisPath)
  if (!existed && readdirSync(dataDir).length > 0) {
    throw new Trouble(
      `${dataDir} 不是空目录，也不是示例网络；请用 --data 另指目录`,
      `${dataDir} is neither empty nor the sample's network; name another with --data`,
    )
  }
  if (!existed) await foundIn(dataDir, cometbft, port)
  else await demandFree(await Promise.all(nodeMembers.map(({ org }) => portsOf(homeOf(dataDir, org)))))
  const nodes = await Promise.all(
    nodeMembers.map(async ({ org, name, node }) => {
      const home = homeOf(dataDir, org)
      const door = await readDoor(home)
      return { org, name, votes: node === 'validator', home, url: `http://${door.host}:${door.port}` }
    }),
  )
  return { genesisBytes: readFileSync(genesisPath), keys: demoKeys(dataDir), nodes, existed }
}

/** What in earnest happens in six houses: each makes its keys, all agree on the public files, each lays out its node. */
async function foundIn(dataDir: string, cometbft: string, port: number | undefined): Promise<void> {
  const ports = await choosePorts(nodeMembers.length, port)
  const keys = demoKeys(dataDir)
  const cards = await Promise.all(
    nodeMembers.map(({ org, name, controller, node }, at) => {
      const { api, p2p } = ports[at] as NodePorts
      const stated = { org, name, controller, role: node, host: HOST, p2pPort: p2p, api: `http://${HOST}:${api}` }
      return makeMemberKeys(keysOf(dataDir, org), stated)
    }),
  )
  const time = Date.now()
  const { genesisBytes, consortiumBytes } = foundConsortium({
    app: { name: 'dujiang-market', version: 1, state: networkState(time, keys.of) },
    domain: 'public',
    name: '四川电力市场账本（示例网络）',
    time,
    cards,
  })
  const consortium = readConsortium(consortiumBytes) as Consortium
  for (const [at, { org }] of nodeMembers.entries()) {
    const { api, p2p, rpc, cometMetrics, ledgerMetrics, supervisorMetrics } = ports[at] as NodePorts
    await layOutMember({
      home: homeOf(dataDir, org),
      keysDir: keysOf(dataDir, org),
      genesisBytes,
      consortium,
      ports: { p2p: { host: HOST, port: p2p }, rpc, cometMetrics },
      door: { host: HOST, port: api, tls: false, metrics: { ledger: ledgerMetrics, supervisor: supervisorMetrics } },
      cometbft,
    })
  }
  writeFileSync(`${dataDir}/consortium.json`, consortiumBytes)
  // Last: a folder that has it is whole.
  writeFileSync(`${dataDir}/genesis.json`, genesisBytes, { flush: true })
}

async function portsOf(home: string): Promise<NodePorts> {
  const { p2pAddress, rpcUrl, metricsUrl } = await readHome(home)
  const port = (url: string): number => Number(new URL(url).port)
  const { port: api, metrics } = await readDoor(home)
  return {
    api,
    ledgerMetrics: metrics.ledger,
    supervisorMetrics: metrics.supervisor,
    p2p: port(`http://${p2pAddress}`),
    rpc: port(rpcUrl),
    cometMetrics: port(metricsUrl),
  }
}
