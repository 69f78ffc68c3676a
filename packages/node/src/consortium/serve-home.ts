import type { Application } from '@dujiang/chain'
import { nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import { selfTest } from '@dujiang/crypto/selftest'
import { type ApiOptions, type Doors, type Route, serveApi } from '../api/index.ts'
import { NodeMetrics, serveMetrics } from '../metrics/index.ts'
import { doorKey, homePaths, onSupervisorGone, openHomeNode } from '../network/index.ts'
import { type ListsHere, listsPlace, projectionsBeside } from '../projections/index.ts'
import { realClock } from '../seams/index.ts'
import type { LedgerNode } from '../service/index.ts'
import { Witness } from '../witness/index.ts'
import { followTls } from './follow-tls.ts'
import { homeCard, namedNodes, readDoor, readTls } from './member-home.ts'

/** What is served beside the interface of a home. */
interface Beside extends Pick<ApiOptions, 'pages' | 'demo'> {
  /** Further doors to its node. */
  readonly routes?: (node: LedgerNode) => readonly Route[]
}

/**
 * The ledger's half of a pair, as a process of its own: opens the ledger of a home, serves its HTTP interface, and resolves
 * when it has ended in order, as it was asked to or since its supervisor is gone: the process is then to end. Rule CARD-6.
 * Where its lists are kept is told by `DUJIANG_PROJECTIONS`. Rule PRN-8.
 */
export async function serveHome(
  home: string,
  app: Application,
  doors: Doors,
  lists: ListsHere,
  { routes, ...more }: Beside = {},
): Promise<void> {
  // From the first moment on: a process that is not yet open must not outlive its supervisor either.
  const asked = endAsked()
  selfTest(nodeCrypto, signerFromSecret)
  const place = listsPlace(process.env['DUJIANG_PROJECTIONS'])
  if (place === undefined) throw new Error('DUJIANG_PROJECTIONS is none, or postgres://…')
  const { host, port, tls, metrics: ports } = await readDoor(home)
  const { nodeId } = await homeCard(home)
  const speaks = tls ? { tls: await readTls(home) } : {}
  const say = (line: string): void => void process.stderr.write(`${line}\n`)
  const metrics = new NodeMetrics()
  const numbers = await serveMetrics(metrics.registry, ports.ledger)
  try {
    // One that waits for a snapshot of the others may wait for long, and has nothing to close.
    const node = await Promise.race([openHomeNode(home, app, { metrics }), asked])
    if (node === undefined) return
    metrics.watch(node, realClock)
    metrics.watchFaults(() => doors.faultsOnRecord(node.view()))
    try {
      const { doorKey: keyPath, witness: record, ledger } = homePaths(home)
      const signer = await doorKey(keyPath)
      const witness = await Witness.open(record, node, signer, nodeCrypto.sha256)
      const webhooks = { dir: `${home}/webhooks`, signer, log: say }
      const log = { level: 'warn', stream: process.stderr } as const
      const following = projectionsBeside(node, doors, lists, ledger, place)
      const further = routes === undefined ? {} : { routes: routes(node) }
      const nodes = () => namedNodes(home, nodeId)
      const door = { host, port, log, metrics, witness, webhooks, nodes, ...speaks, ...following, ...further, ...more }
      const api = await serveApi({ node, doors, crypto: nodeCrypto, ...door })
      const ceaseToFollow = speaks.tls && followTls(home, speaks.tls, api, say)
      sayOlderCopy(node, say)
      process.stdout.write(`${JSON.stringify({ url: api.url })}\n`)
      await asked
      ceaseToFollow?.()
      // Both at once: whoever waits for a block that no longer comes is answered before its connection ends.
      await Promise.all([api.close(), node.stop()])
      await following.projections?.close()
    } finally {
      await node.close()
    }
  } finally {
    await numbers.close()
  }
}

/** Whoever restored the disk should know what it lacks; the node goes on by itself. */
function sayOlderCopy(node: LedgerNode, say: (line: string) => void): void {
  const cease = node.onCommit(() => {
    const { olderCopy } = node.status()
    if (olderCopy === undefined) return
    cease()
    const { endedAtHeight, signedHeight } = olderCopy
    say(
      `the disk is an older copy: its record ended at block ${endedAtHeight}, and its keys had signed about ${signedHeight}; ` +
        'the blocks come from the others, and what it had promised since must be sent again by its clients',
    )
  })
}

function endAsked(): Promise<undefined> {
  return new Promise((done) => {
    process.once('SIGTERM', () => done(undefined))
    onSupervisorGone(() => done(undefined))
  })
}
