import { bitOf, compareDigests, type Digest, sameDigest } from './digest.ts'
import { Inner, Leaf, type MapNode, type NodeMaker } from './node.ts'

/** What one key becomes: bound to a value, or absent. */
export interface KeyChange {
  readonly key: Digest
  readonly value: Digest | undefined
}

/**
 * One batch of changes on its way down the tree. The changes are sorted by key, so those of a subtree are a range
 * [from, to) of them, and every node that several keys share is hashed once.
 */
export class Batch {
  /** How many keys the map gained; below zero when it lost some. */
  gained = 0
  readonly #maker: NodeMaker
  readonly #changes: readonly KeyChange[]

  constructor(maker: NodeMaker, changes: readonly KeyChange[]) {
    this.#maker = maker
    this.#changes = [...changes].sort((x, y) => compareDigests(x.key, y.key))
    for (let i = 1; i < this.#changes.length; i++) {
      if (sameDigest(this.#change(i - 1).key, this.#change(i).key)) throw new Error('AuthMap: a key twice in one batch')
    }
  }

  /** The tree after all changes. Subtrees that do not change are the very same nodes. */
  applyTo(top: MapNode): MapNode {
    return this.#update(top, 0, this.#changes.length, 0)
  }

  #update(node: MapNode, from: number, to: number, depth: number): MapNode {
    if (from === to) return node
    if (!(node instanceof Inner) && to - from === 1) {
      const change = this.#change(from)
      if (node === undefined || sameDigest(node.key, change.key)) return this.#replace(node, change)
    }
    const middle = this.#firstRight(from, to, depth)
    const left = sideOf(node, 0, depth)
    const right = sideOf(node, 1, depth)
    const newLeft = this.#update(left, from, middle, depth + 1)
    const newRight = this.#update(right, middle, to, depth + 1)
    return node instanceof Inner && newLeft === left && newRight === right ? node : this.#join(newLeft, newRight)
  }

  #replace(leaf: Leaf | undefined, change: KeyChange): Leaf | undefined {
    if (change.value === undefined) {
      if (leaf !== undefined) this.gained--
      return undefined
    }
    if (leaf === undefined) this.gained++
    else if (sameDigest(leaf.value, change.value)) return leaf
    return this.#maker.leaf(leaf === undefined ? change.key : leaf.key, change.value)
  }

  /** Two halves as one subtree. A leaf left alone moves up, so the shape follows from the content. Rule TREE-10. */
  #join(left: MapNode, right: MapNode): MapNode {
    if (left === undefined && !(right instanceof Inner)) return right
    if (right === undefined && !(left instanceof Inner)) return left
    return this.#maker.inner(left, right)
  }

  /** The first change of [from, to) whose key goes right at `depth`. */
  #firstRight(from: number, to: number, depth: number): number {
    let low = from
    let high = to
    while (low < high) {
      const middle = (low + high) >>> 1
      if (bitOf(this.#change(middle).key, depth) === 1) high = middle
      else low = middle + 1
    }
    return low
  }

  #change(index: number): KeyChange {
    return this.#changes[index] as KeyChange
  }
}

/** What a subtree holds on one side: a lone leaf is all on the side its key says. */
function sideOf(node: MapNode, side: 0 | 1, depth: number): MapNode {
  if (node instanceof Inner) return side === 0 ? node.left : node.right
  return node !== undefined && bitOf(node.key, depth) === side ? node : undefined
}
