import { type SignedAct, readGenesis, verifyReceipt, writeReceiptProof } from '@dujiang/chain'
import { type Json, encodeCanonicalBytes } from '@dujiang/core/codec'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { realClock } from '@dujiang/node/seams'
import { type LedgerNode, eventsOf } from '@dujiang/node/service'
import { Failure } from '../../failure.ts'
import { sessionOf } from './bring.ts'
import type { HourOnRecord } from './hours.ts'
import { genesisBytes } from './ledger.ts'

const WAIT_MS = 30_000

/** The receipt files of all accepted acts about these sessions, once the ledger can prove them. */
export async function receiptFiles(node: LedgerNode, sessions: ReadonlySet<string>): Promise<readonly Uint8Array[]> {
  await untilProvable(node)
  const files: Uint8Array[] = []
  for (let index = 0; index < node.status().provable; index++) {
    const stored = await node.receiptAt(index)
    if (stored === undefined || !eventsOf(stored).some(({ data }) => sessions.has(data['session'] as string))) continue
    const proof = await node.prove(stored.receipt.id)
    if (proof !== undefined) files.push(writeReceiptProof(proof))
  }
  return files
}

function untilProvable(node: LedgerNode): Promise<void> {
  const isProvable = () => node.status().provable >= node.status().receipts
  return new Promise((resolve, reject) => {
    if (isProvable()) return resolve()
    const end = node.onCommit(() => {
      if (!isProvable()) return
      end()
      cancel()
      resolve()
    })
    const cancel = realClock.wakeAt(realClock.nowMs() + WAIT_MS, () => {
      end()
      const why = node.status().failure ?? 'no further block'
      reject(new Failure(`账本未能给出证明：${why}`, `the ledger gave no proofs: ${why}`))
    })
  })
}

export interface ReceiptsChecked {
  readonly files: number
  readonly verified: number
  /** Hours for which a verified receipt holds the very book and difference on record. */
  readonly hours: number
}

/** What the event of a book brought says. */
interface RederivedData {
  readonly session: string
  readonly period: number
  readonly difference: Json
}

/**
 * Checks receipt files with nothing but the pinned genesis, and that each hour shown is what one of them says: its act holds
 * the recorded book, its event the recorded difference.
 */
export function checkReceipts(files: readonly Uint8Array[], hours: readonly HourOnRecord[]): ReceiptsChecked {
  const founded = readGenesis(nodeCrypto.sha256, genesisBytes)
  const said = new Map<string, string>()
  let verified = 0
  for (const file of files) {
    const checked = verifyReceipt(nodeCrypto, founded, file)
    if (!checked.ok || checked.receipt.code !== 0) continue
    verified++
    const [event] = checked.events
    if (event?.name !== 'resultRederived' || checked.act === undefined) continue
    const { session, period, difference } = event.data as unknown as RederivedData
    said.set(`${session} ${period}`, statement(bookDigest(checked.act), difference))
  }
  const proved = hours.filter(
    ({ date, period, row }) =>
      said.get(`${sessionOf(date)} ${period}`) === statement(row.book, row.difference as unknown as Json),
  )
  return { files: files.length, verified, hours: proved.length }
}

const statement = (book: string, difference: Json): string =>
  `${book} ${new TextDecoder().decode(encodeCanonicalBytes(difference))}`

function bookDigest({ body }: SignedAct): string {
  const { supply, demand } = body.payload as { readonly supply: Json; readonly demand: Json }
  return toHex(nodeCrypto.sha256(encodeCanonicalBytes({ supply, demand })))
}
