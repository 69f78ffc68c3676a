import { type Ledger, NO_BLOCK, NO_COMMIT, type TipHeaders, blockIdOf, nextBlock, timeFromMs } from '@dujiang/chain'

const NO_VALIDATOR = new Uint8Array(20)

/**
 * Headers that a ledger's newest block and the one above it might have, nobody's signatures under them: the same for the
 * same tip, however the ledger came to it.
 */
export function headersOf({ crypto, founded, tip }: Pick<Ledger, 'crypto' | 'founded' | 'tip'>): TipHeaders {
  const seal = { blockId: NO_BLOCK, commit: NO_COMMIT }
  const chosen = { txs: [], time: timeFromMs(tip.timeMs), proposerAddress: NO_VALIDATOR }
  const block = nextBlock(crypto, founded, { ...tip, height: tip.height - 1, seal }, chosen)
  const blockId = blockIdOf(crypto.sha256, block)
  const later = { ...chosen, time: timeFromMs(tip.timeMs + 1_000) }
  const above = nextBlock(crypto, founded, { ...tip, seal: { ...seal, blockId } }, later)
  return { own: block.header, above: above.header }
}
