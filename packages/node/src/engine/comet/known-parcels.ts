import type { Understood } from '@dujiang/chain'
import { nonceOf } from './parcel.ts'
import { sameBytes } from './same-bytes.ts'

interface KnownParcel {
  readonly bytes: Uint8Array
  readonly acts: readonly Understood[]
  /** Its own and those of its acts. */
  readonly size: number
}

/**
 * The acts of the parcels in the mempool, which shows each of them again after every block and for every proposal: so they
 * are unfolded once. Of a parcel those acts are remembered that could be in a block when it came; they count for the same bytes. Rule CMT-2.
 */
export class KnownParcels {
  /** By nonce. */
  readonly #parcels = new Map<bigint, KnownParcel>()
  readonly #bytesMax: number
  #bytes = 0

  /** @param bytesMax of them all, with their acts */
  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  /** Undefined when they are not known. */
  actsOf(tx: Uint8Array): readonly Understood[] | undefined {
    const nonce = nonceOf(tx)
    const known = nonce === undefined ? undefined : this.#parcels.get(nonce)
    return known !== undefined && sameBytes(known.bytes, tx) ? known.acts : undefined
  }

  remember(tx: Uint8Array, acts: readonly Understood[]): void {
    const nonce = nonceOf(tx)
    if (nonce === undefined) return
    this.#drop(nonce)
    const size = acts.reduce((bytes, { envelope }) => bytes + envelope.bytes.length, tx.length)
    this.#parcels.set(nonce, { bytes: tx.slice(), acts, size })
    this.#bytes += size
    for (const oldest of this.#parcels.keys()) {
      if (this.#bytes <= this.#bytesMax) break
      this.#drop(oldest)
    }
  }

  forget(tx: Uint8Array): void {
    const nonce = nonceOf(tx)
    if (nonce !== undefined) this.#drop(nonce)
  }

  #drop(nonce: bigint): void {
    this.#bytes -= this.#parcels.get(nonce)?.size ?? 0
    this.#parcels.delete(nonce)
  }
}
