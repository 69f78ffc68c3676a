import { addressOf, APP_VERSION, BLOCK_BYTES_MAX, engineChainId, firstHeight, type Founded } from '@dujiang/chain'
import { fromHex, toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { EVIDENCE_BLOCKS, EVIDENCE_MS } from '../engine/comet/kept-blocks.ts'

/** Of a millisecond. */
const NANOSECONDS = 1_000_000

/**
 * The engine's genesis document of a ledger, derived from the ledger's own genesis file alone: every member makes the same
 * one. Its time is a millisecond after ours, because the first block carries it and is later than the genesis (TIME-1).
 * The application's hash stays empty: the application tells its own when the chain is founded. Rule HOME-2.
 */
export function cometGenesis({ genesis, chain }: Founded): string {
  const document = {
    genesis_time: new Date(genesis.time + 1).toISOString(),
    chain_id: engineChainId({ chain }),
    initial_height: String(firstHeight({ genesis })),
    consensus_params: {
      block: { max_bytes: String(BLOCK_BYTES_MAX), max_gas: '-1' },
      // The engine's own: evidence is good for 100 000 blocks and two days, whichever is longer. Not its megabyte a block: who
      // votes falsely can make proofs of it without end, and each leaves a receipt for ever.
      evidence: {
        max_age_num_blocks: String(EVIDENCE_BLOCKS),
        max_age_duration: String(EVIDENCE_MS * NANOSECONDS),
        max_bytes: '65536',
      },
      validator: { pub_key_types: ['ed25519'] },
      version: { app: String(APP_VERSION) },
      abci: { vote_extensions_enable_height: '0' },
    },
    validators: genesis.validators.map(({ key, name, power }) => ({
      address: toHex(addressOf(nodeCrypto.sha256, fromHex(key))).toUpperCase(),
      pub_key: { type: 'tendermint/PubKeyEd25519', value: Buffer.from(key, 'hex').toString('base64') },
      power: String(power),
      name,
    })),
    app_hash: '',
  }
  return JSON.stringify(document, undefined, 2)
}
