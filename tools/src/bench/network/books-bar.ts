import { type Figure, median } from '../figure.ts'
import { LedgerNetwork } from './ledger-network.ts'
import { saturate } from './orders-bar.ts'
import type { Programs } from './programs.ts'

/** As many as a day has sessions. */
const BOOKS = 8
const SCHEME = 'ed25519'

/**
 * The same orders for one book that all share, and for several with nothing in common, by turns: who executes before
 * ordering loses all but one of the orders that touch the same book (Hyperledger Fabric 3.1.5: 152 orders/s and 2).
 */
export async function booksBar(
  { cometbft }: Programs,
  { validators, runs, seconds }: { readonly validators: 1 | 4; readonly runs: number; readonly seconds: number },
): Promise<readonly Figure[]> {
  const network = await LedgerNetwork.start({ cometbft, validators, scheme: SCHEME, spreads: [1, BOOKS] })
  try {
    const rates: { readonly shared: number; readonly apart: number }[] = []
    const rateOf = async (books: number): Promise<number> => {
      const { load } = await saturate(network, SCHEME, validators, seconds, books)
      return load.orders / load.seconds
    }
    for (let turn = 0; turn < runs; turn++) rates.push({ shared: await rateOf(1), apart: await rateOf(BOOKS) })
    const shared = median(rates.map((rate) => rate.shared))
    const ratio = median(rates.map((rate) => rate.shared / rate.apart))
    return [
      {
        bar: `books.${validators}.shared`,
        value: shared,
        unit: 'orders/s',
        limit: shared / ratio,
        note: `${BOOKS} books in the same turns; asked: 0.9 to 1.1`,
      },
    ]
  } finally {
    await network.remove()
  }
}
