import type { Hash } from '../provider.ts'
import { bytesOf, Digest, digestBytes } from './digest.ts'
import { rootInput } from './root.ts'

/** One key with its value; it is its own hash. Stands wherever it is alone in its subtree. Rule TREE-10. */
export class Leaf extends Digest {
  readonly key: Digest
  readonly value: Digest

  constructor(hash: Uint8Array, key: Digest, value: Digest) {
    super(hash)
    this.key = key
    this.value = value
  }
}

/** A subtree of two keys or more; it is its own hash. One side may be empty. Rule TREE-10. */
export class Inner extends Digest {
  readonly left: MapNode
  readonly right: MapNode

  constructor(hash: Uint8Array, left: MapNode, right: MapNode) {
    super(hash)
    this.left = left
    this.right = right
  }
}

/** A subtree; `undefined` is the empty one. */
export type MapNode = Leaf | Inner | undefined

const empty = new Digest(new Uint8Array(digestBytes))

/** Makes the nodes of maps with one hash function, over one buffer: hashing is most of what a map costs. Rule TREE-10. */
export class NodeMaker {
  readonly #hash: Hash
  readonly #input = new Uint8Array(1 + 2 * digestBytes)
  readonly #inputView = new DataView(this.#input.buffer)

  constructor(hash: Hash) {
    this.#hash = hash
  }

  leaf(key: Digest, value: Digest): Leaf {
    return new Leaf(this.#hashTwo(0x00, key, value), key, value)
  }

  inner(left: MapNode, right: MapNode): Inner {
    return new Inner(this.#hashTwo(0x01, left ?? empty, right ?? empty), left, right)
  }

  /** What the map commits to. Rule TREE-11. */
  root(count: number, top: MapNode): Uint8Array {
    return this.#hash(rootInput(count, bytesOf(top ?? empty)))
  }

  #hashTwo(prefix: number, first: Digest, second: Digest): Uint8Array {
    this.#input[0] = prefix
    first.write(this.#inputView, 1)
    second.write(this.#inputView, 1 + digestBytes)
    return this.#hash(this.#input)
  }
}
