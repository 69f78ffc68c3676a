import { Client } from '@dujiang/client'
import { nodeCrypto } from '@dujiang/crypto/node'
import { sessionOf } from '@dujiang/testing/province'
import { ClientDesk } from './client-desk.ts'
import type { Founded } from './found.ts'
import { holdNext, register } from './hold.ts'
import { fetchProofs, verifyOffline } from './offline/check.ts'
import type { Options } from './options.ts'
import { paceOf } from './pace.ts'
import type { Run } from './summary.ts'

/** Registers the province, where that has not been done, and leaves the rest to the people at the console. */
export async function registerOnly(founded: Founded, url: string, print: (line: string) => void): Promise<void> {
  const desk = new ClientDesk(new Client({ nodes: [url], sha256: nodeCrypto.sha256 }), founded.keys)
  await register({ desk, keys: founded.keys, genesisBytes: founded.genesisBytes, print })
}

/** Plays the next session over the public API, then fetches and verifies the proof of every receipt it left. */
export async function playSession(
  options: Options,
  { genesisBytes, keys, existed }: Founded,
  url: string,
  print: (line: string) => void,
): Promise<Run> {
  const startedMs = performance.now()
  const client = new Client({ nodes: [url], sha256: nodeCrypto.sha256 })
  const before = await client.status()
  const pace = paceOf(options.gateSeconds)
  const desk = new ClientDesk(client, keys)
  const report = await holdNext({ client, desk, keys, genesisBytes, pace, season: options.season, print })

  print('· 取回本次全部回执的证明，交另一进程离线验证')
  const folder = `${options.dataDir}/receipts/${sessionOf(report.month)}`
  const fetched = await fetchProofs(client, before.receipts - 1, folder)
  const verdict = await verifyOffline(`${options.dataDir}/genesis.json`, fetched.folder)
  return {
    dataDir: options.dataDir,
    recovered: existed,
    report,
    before,
    after: await client.status(),
    transactions: fetched.receipts.filter(({ receipt }) => receipt.kind === 'act').length,
    verdict,
    seconds: Math.round(performance.now() - startedMs) / 1_000,
  }
}
