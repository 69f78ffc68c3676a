import { Ledger, type TipHeaders } from '@dujiang/chain'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { actOf, actorOf, headersOf, keyRowOf, trivialApp, trivialGenesis } from '@dujiang/testing/trivial'
import { type Disk } from '../../src/seams/index.ts'
import { type Base, type HeadersOf, SnapshotJoin, SnapshotStore, openBase } from '../../src/snapshot/index.ts'

export const { sha256 } = nodeCrypto
const alice = actorOf('ALICE')

/** Keys enough for a snapshot of two chunks. */
const manyKeys = Array.from({ length: 4_000 }, (_, at) => ({
  ...keyRowOf(actorOf('BOB', 'sm2')),
  id: toHex(sha256(Uint8Array.of(at, at >> 8))).slice(0, 32),
}))

export const smallGenesis = trivialGenesis([alice])
export const largeGenesis = trivialGenesis([alice], { keys: [keyRowOf(alice), ...manyKeys] })

const ledgerOf = (genesisBytes: Uint8Array): Ledger => new Ledger(trivialApp(), nodeCrypto, genesisBytes)

/** Of the ledger that grew last. */
const headersAt = new Map<number, TipHeaders>()

/** A block of one act, as an engine hands it over that knows no header yet. */
export function grow(ledger: Ledger, amount: number): void {
  const timeMs = ledger.tip.timeMs + 1_000
  const fields = { act: 'tally.mix', sequence: ledger.tip.height + 1, expires: timeMs + 60_000 }
  const tx = actOf(alice, { ...fields, chain: ledger.chain.id, payload: { tally: 'T', amount } })
  ledger.advance(ledger.execute({ timeMs, txs: [tx] }))
  headersAt.set(ledger.tip.height, headersOf(ledger))
}

/** A ledger of so many blocks. */
export function grown(genesisBytes: Uint8Array, blocks: number): Ledger {
  const ledger = ledgerOf(genesisBytes)
  for (let amount = 1; amount <= blocks; amount++) grow(ledger, amount)
  return ledger
}

export const headersOfGrown: HeadersOf = async (height) => headersAt.get(height) as TipHeaders

export const openStore = (disk: Disk, everyHeights = 1, headers = headersOfGrown): Promise<SnapshotStore> =>
  SnapshotStore.open(disk, 'node/snapshots', sha256, everyHeights, headers)

/** Takes a snapshot of the ledger as it is, to the end. */
export async function take(store: SnapshotStore, ledger: Ledger): Promise<void> {
  store.follow(ledger)
  await store.settled()
}

export const joinOf = (disk: Disk, genesisBytes: Uint8Array): SnapshotJoin =>
  new SnapshotJoin(disk, 'joined/base', trivialApp(), nodeCrypto, genesisBytes)

export const baseOf = (disk: Disk, genesisBytes: Uint8Array): Promise<Base | undefined> =>
  openBase(disk, 'joined/base', trivialApp(), nodeCrypto, genesisBytes)

/** Flips a bit of a file. */
export async function damage(disk: Disk, path: string, at: number): Promise<void> {
  const file = await disk.open(path)
  const byte = (await file.read(at, 1))[0] as number
  await file.write(at, Uint8Array.of(byte ^ 1))
  await file.close()
}
