import { createReadStream } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Event, Ledger, type Receipt, msFromTime, readSealedBlock, receiptBytes } from '@dujiang/chain'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { dujiangMarket } from '@dujiang/market'

/** A ledger as one who was not there finds it. */
export interface Chain {
  /** In the order of the log. */
  readonly receipts: readonly Receipt[]
  /** What each of them says happened. */
  readonly events: readonly (readonly Event[])[]
  /** Block time by height; at 0, the time of genesis. */
  readonly timesMs: readonly number[]
  /** State after each height, hexadecimal; at 0, after genesis. */
  readonly appHashes: readonly string[]
}

export const receiptHash = (receipt: Receipt): string => toHex(nodeCrypto.sha256(receiptBytes(receipt)))

/**
 * Executes an exported chain again, from its files and the genesis file alone, every signature checked. Throws where a
 * block does not follow from the one before.
 */
export async function executeAgain(exportDir: string): Promise<Chain> {
  const ledger = new Ledger(dujiangMarket(), nodeCrypto, await readFile(join(exportDir, 'genesis.json')))
  const receipts: Receipt[] = []
  const events: (readonly Event[])[] = []
  const timesMs = [ledger.tip.timeMs]
  const appHashes = [toHex(ledger.tip.appHash)]
  for (const name of (await readdir(exportDir)).filter((each) => each.startsWith('blocks-')).sort()) {
    for await (const line of createInterface({ input: createReadStream(join(exportDir, name)) })) {
      const sealed = readSealedBlock(Buffer.from(line))
      if (typeof sealed === 'string') throw new Error(`${name}: ${sealed}`)
      const { header, txs, commit } = sealed
      const decided = ledger.replay({ header, txs, commit })
      if (typeof decided === 'string') throw new Error(`${name}: block ${header.height}: ${decided}`)
      ledger.commit(decided, commit)
      for (const recorded of decided.executed.recorded) {
        receipts.push(recorded.receipt)
        events.push(recorded.events)
      }
      timesMs.push(msFromTime(header.time))
      appHashes.push(toHex(ledger.tip.appHash))
    }
  }
  return { receipts, events, timesMs, appHashes }
}
