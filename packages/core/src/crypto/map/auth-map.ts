import type { Hash } from '../provider.ts'
import { Batch } from './batch.ts'
import { bitOf, bytesOf, Digest, digestBytes, sameDigest } from './digest.ts'
import { Inner, type MapNode, NodeMaker } from './node.ts'
import type { MapHead, MapProof } from './proof.ts'

/** What one key becomes, both as 32-byte hashes; without a value the key becomes absent. */
export interface MapChange {
  readonly keyHash: Uint8Array
  readonly valueHash: Uint8Array | undefined
}

/**
 * A map from key hashes to value hashes whose root commits to every pair, and can prove any pair and any absence. It
 * never changes: `apply` gives a new map that shares all untouched nodes with the old one, which stays valid.
 * The root depends on the content alone, not on the changes that led to it. Rules TREE-8 to TREE-11.
 * @example AuthMap.empty(sha256).apply([{ keyHash, valueHash }]).prove(keyHash) // { siblings: [] }
 */
export class AuthMap {
  /** How many keys have a value. */
  readonly count: number
  readonly #maker: NodeMaker
  readonly #top: MapNode
  readonly #root: Uint8Array

  private constructor(maker: NodeMaker, top: MapNode, count: number) {
    this.#maker = maker
    this.#top = top
    this.count = count
    this.#root = maker.root(count, top)
  }

  /** The map without keys. `hash` serves it and all maps made from it; it must not keep hold of its input. */
  static empty(hash: Hash): AuthMap {
    return new AuthMap(new NodeMaker(hash), undefined, 0)
  }

  /**
   * The map after `changes`, in any order. Making an absent key absent, or giving a key the value it has, changes
   * nothing. The same key twice, or a hash that is not 32 bytes, is a defect. Rule TREE-9.
   */
  apply(changes: readonly MapChange[]): AuthMap {
    const batch = new Batch(
      this.#maker,
      changes.map(({ keyHash, valueHash }) => ({
        key: new Digest(keyHash),
        value: valueHash === undefined ? undefined : new Digest(valueHash),
      })),
    )
    const top = batch.applyTo(this.#top)
    return top === this.#top ? this : new AuthMap(this.#maker, top, this.count + batch.gained)
  }

  /** What the map commits to, 32 bytes in new memory. Rule TREE-11. */
  root(): Uint8Array {
    return Uint8Array.from(this.#root)
  }

  /** Root and count together: what `verifyMapProof` asks for. */
  head(): MapHead {
    return { root: this.root(), count: this.count }
  }

  /** The proof of this key's value, or of its absence: for `verifyMapProof`. A key that is not 32 bytes is a defect. */
  prove(keyHash: Uint8Array): MapProof {
    const key = new Digest(keyHash)
    const siblings: Uint8Array[] = []
    let node = this.#top
    for (let depth = 0; node instanceof Inner; depth++) {
      const goesRight = bitOf(key, depth) === 1
      siblings.push(bytesOfNode(goesRight ? node.left : node.right))
      node = goesRight ? node.right : node.left
    }
    siblings.reverse()
    if (node === undefined || sameDigest(node.key, key)) return { siblings }
    return { siblings, other: { keyHash: bytesOf(node.key), valueHash: bytesOf(node.value) } }
  }
}

function bytesOfNode(node: Digest | undefined): Uint8Array {
  return node === undefined ? new Uint8Array(digestBytes) : bytesOf(node)
}
