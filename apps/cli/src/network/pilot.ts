import type { Ledger } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { dujiangMarket } from '@dujiang/market'
import { storedLedger } from '@dujiang/node/export'
import { realDisk } from '@dujiang/node/seams'
import { openJournal } from '@dujiang/node/store'
import { progressBar } from '../progress.ts'
import { say } from '../language.ts'
import { explainedLocal } from '../node/trouble.ts'

/** The ledger of a pilot at its last block; refuses one whose node still runs, since it would go further. */
export async function pilotLedger(dataDir: string): Promise<Ledger> {
  const bar = progressBar(say('重放试点', 'replaying the pilot'))
  try {
    const ledger = await storedLedger(dujiangMarket(), nodeCrypto, dataDir, bar.update)
    const journal = await openJournal(realDisk, `${dataDir}/journal`)
    await journal.close()
    return ledger
  } catch (cause) {
    return explainedLocal(cause)
  } finally {
    bar.stop()
  }
}
