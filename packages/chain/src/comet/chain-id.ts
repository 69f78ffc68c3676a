import { toHex } from '@dujiang/core/crypto'

/**
 * The name of the chain a genesis starts: `dujiang-` and the first 16 bytes of the genesis file's hash in hexadecimal,
 * 40 characters, since the engine allows no more than 50. The whole hash still binds every act (it is in the envelope).
 */
export function chainIdOf(genesisHash: Uint8Array): string {
  if (genesisHash.length !== 32) throw new Error('a genesis hash is 32 bytes')
  return `dujiang-${toHex(genesisHash.subarray(0, 16))}`
}
