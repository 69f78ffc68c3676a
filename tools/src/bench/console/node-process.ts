import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { plainKeyFile } from '@dujiang/client'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { type Route, ok, serveApi } from '@dujiang/node/api'
import { personOf, secretOf } from '@dujiang/testing/market-fixture'
import { openBenchNode } from '../open-node.ts'
import { VIEWER } from './full-ledger.ts'

// The node of a full ledger with the console, as a demo serves it. `node node-process.ts <folder>`: it says where it listens and how
// long its lists took once they have caught up, and ends with its input.
const [dir] = process.argv.slice(2)
if (dir === undefined) throw new Error('a folder is needed')

const { node, doors, following } = await openBenchNode(join(dir, 'genesis.json'), join(dir, 'data'), { kind: 'folder' })
const startedMs = performance.now()
const { projections } = following
await projections?.caughtUp()
const listsSeconds = (performance.now() - startedMs) / 1_000

/** Whom one may sign in as by one press, as on a demo. */
const identities: Route = {
  method: 'GET',
  path: '/demo/identities',
  title: { zh: '示例身份', en: 'The sample identities' },
  params: [],
  answers: { 200: 'Everybody of the sample province, with the key file of each' },
  handle: () => ok({ identities: [viewer()] }),
}

function viewer() {
  const key = plainKeyFile(nodeCrypto.sha256, VIEWER, personOf(VIEWER, 'a').signer, toHex(secretOf(VIEWER, 'a')))
  return { org: VIEWER, person: 'a', name: VIEWER, role: 'retailer', key }
}

const api = await serveApi({
  node,
  doors,
  ...following,
  crypto: nodeCrypto,
  host: '127.0.0.1',
  port: 0,
  log: { level: 'error', stream: process.stderr },
  demo: true,
  routes: [identities],
  pages: { dir: fileURLToPath(new URL('../../../../apps/console/dist', import.meta.url)) },
})
console.log(JSON.stringify({ url: api.url, receipts: node.status().receipts, listsSeconds }))

for await (const _line of createInterface({ input: process.stdin }));
await api.close()
await projections?.close()
await node.close()
