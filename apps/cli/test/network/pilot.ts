import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { nodeCrypto } from '@dujiang/crypto/node'
import { dujiangMarket } from '@dujiang/market'
import { realClock, realDisk } from '@dujiang/node/seams'
import { type LedgerNode, openLedgerNode } from '@dujiang/node/service'
import { TestMarket, exchange, keyOf, personOf, validatorOf } from '@dujiang/testing/market-fixture'
import { marketFounding } from '@dujiang/testing/network'

/** A ledger of one machine that has ended. */
export interface Pilot {
  readonly dataDir: string
  readonly genesisPath: string
  readonly height: number
  readonly receipts: number
}

/** Runs the fixture's market on the embedded engine, by this machine's clock; these organisations come on record there, and it ends. */
export async function endedPilot(dir: string, orgs: readonly string[]): Promise<Pilot> {
  const genesisBytes = marketFounding([validatorOf('SCPX')], Date.now() - 1_000)
  const [genesisPath, dataDir] = [join(dir, 'pilot.json'), join(dir, 'pilot')]
  await writeFile(genesisPath, genesisBytes)
  const node = await openLedgerNode({
    app: dujiangMarket(),
    crypto: nodeCrypto,
    genesisBytes,
    dataDir,
    disk: realDisk,
    clock: realClock,
    validator: personOf('SCPX', 'node').signer,
    nodeKey: personOf('SCPX', 'door').signer,
    workers: 0,
  })
  try {
    const form = new TestMarket()
    for (const org of orgs) {
      const payload = { org, name: org, roles: ['generator'], keys: [keyOf(personOf(org, 'a'))] }
      const over = { chain: node.chain, expires: Date.now() + 600_000 }
      const outcome = await node.submit(form.act(exchange, 'members.org.admit', payload, over))
      if (outcome.kind !== 'committed' || outcome.stored.receipt.code !== 0) throw new Error(JSON.stringify(outcome))
    }
    await allProvable(node)
    const { height, receipts } = node.status()
    return { dataDir, genesisPath, height, receipts }
  } finally {
    await node.close()
  }
}

function allProvable(node: LedgerNode): Promise<void> {
  return new Promise((done) => {
    const look = (): void => {
      const { provable, receipts } = node.status()
      if (provable < receipts) return
      cease()
      done()
    }
    const cease = node.onProvable(look)
    look()
  })
}
