import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { sharedDir } from '@dujiang/testing/shared'
import {
  emptyLogRoot,
  LogTree,
  leafHash,
  merkleRoot,
  nodeHash,
  verifyConsistency,
  verifyInclusion,
} from '../../../src/crypto/log/index.ts'
import { sha256 } from './sha256.ts'

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))
const base64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'))
const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'))

interface Verdict {
  readonly desc: string
  readonly wantErr: boolean
  readonly proof: readonly string[] | null
}
interface Inclusion extends Verdict {
  readonly leafIdx: number
  readonly treeSize: number
  readonly root: string
  readonly leafHash: string
}
interface Consistency extends Verdict {
  readonly size1: number
  readonly size2: number
  readonly root1: string
  readonly root2: string
}
type SubtreeInclusion = Omit<Inclusion, 'treeSize'> & { readonly start: number; readonly end: number }
type SubtreeConsistency = Omit<Consistency, 'size1' | 'size2'> & {
  readonly start: number
  readonly end: number
  readonly size: number
}

const pathOf = ({ proof }: Verdict): Uint8Array[] => (proof ?? []).map(base64)

const included = (v: Omit<Inclusion, 'desc'> & Verdict): boolean =>
  verifyInclusion(sha256, base64(v.leafHash), v.leafIdx, v.treeSize, pathOf(v), base64(v.root))

const consistent = (v: Consistency): boolean =>
  verifyConsistency(
    sha256,
    { size: v.size1, root: base64(v.root1) },
    { size: v.size2, root: base64(v.root2) },
    pathOf(v),
  )

/** The folder or file of vectors, or undefined after saying that it was skipped. */
function vectors(t: TestContext, path: string): string | undefined {
  const dir = sharedDir()
  const found = dir === undefined ? undefined : join(dir, 'vectors', path)
  if (found !== undefined && existsSync(found)) return found
  t.skip(`reference material not present: skipped vectors/${path}`)
  return undefined
}

const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'))

/** All vectors of one kind in the transparency-dev set. */
function transparencyDev<T>(t: TestContext, kind: string): T[] | undefined {
  const dir = vectors(t, `consensus/rfc6962-transparency-dev/testdata/${kind}`)
  if (dir === undefined) return undefined
  const files = globSync('**/*.json', { cwd: dir }).sort()
  return files.map((file) => ({ ...readJson(join(dir, file)), desc: `${kind}/${file}` }))
}

/** Both verdicts must occur, or the set proves nothing. */
function check<T extends Verdict>(set: readonly T[], verdict: (vector: T) => boolean): void {
  for (const vector of set) assert.equal(verdict(vector), !vector.wantErr, vector.desc)
  assert.ok(set.some((vector) => vector.wantErr) && set.some((vector) => !vector.wantErr))
}

describe('published vectors of RFC 6962', () => {
  it('[TREE-1] [TREE-2] [TREE-3] [TREE-6] agree with Certificate Transparency', (t) => {
    const file = vectors(t, 'domain/rfc6962_merkle.json')
    if (file === undefined) return
    const set = readJson(file)
    assert.deepEqual(emptyLogRoot(sha256), hex(set.empty_tree_root))
    assert.deepEqual(merkleRoot(sha256, []), hex(set.empty_tree_root))
    for (const { leaf, hash } of set.leaf_hashes) assert.deepEqual(leafHash(sha256, hex(leaf)), hex(hash))
    for (const { left, right, hash } of set.node_hashes) {
      assert.deepEqual(nodeHash(sha256, hex(left), hex(right)), hex(hash))
    }
    const leaves: Uint8Array[] = set.test_leaves_hex.map(hex)
    const log = new LogTree(sha256)
    for (const [i, root] of set.roots_for_1_to_8_leaves.entries()) {
      log.append(leafHash(sha256, leaves[i] as Uint8Array))
      assert.deepEqual(log.rootAt(i + 1), hex(root))
      assert.deepEqual(merkleRoot(sha256, leaves.slice(0, i + 1)), hex(root))
    }
    for (const { leaf_index_1based: place, tree_size: size, proof } of set.inclusion_proofs) {
      assert.deepEqual(log.inclusionProof(place - 1, size), proof.map(hex))
    }
  })

  it('[TREE-1] [TREE-2] [TREE-3] agree with CometBFT', (t) => {
    const file = vectors(t, 'consensus/cometbft-v0.40/merkle.json')
    if (file === undefined) return
    const set = readJson(file)
    for (const { leaves_hex, root } of set.tree) assert.deepEqual(merkleRoot(sha256, leaves_hex.map(hex)), hex(root))
    for (const { leaf_utf8, hash } of set.leaf) assert.deepEqual(leafHash(sha256, utf8(leaf_utf8)), hex(hash))
    for (const { left_utf8, right_utf8, hash } of set.inner) {
      assert.deepEqual(nodeHash(sha256, utf8(left_utf8), utf8(right_utf8)), hex(hash))
    }
  })

  it('[TREE-6] [TREE-7] give the same verdict on the chosen proofs, sound and tampered', (t) => {
    const file = vectors(t, 'domain/merkle_proofs.json')
    if (file === undefined) return
    const set = readJson(file)
    check<Inclusion>(set.inclusion, included)
    check<Consistency>(set.consistency, consistent)
  })

  it('[TREE-6] give the same verdict on every inclusion proof', (t) => {
    const set = transparencyDev<Inclusion>(t, 'inclusion')
    if (set !== undefined) check(set, included)
  })

  it('[TREE-7] give the same verdict on every consistency proof, the empty earlier log refused', (t) => {
    const set = transparencyDev<Consistency>(t, 'consistency')
    if (set === undefined) return
    check(set, consistent)
    assert.ok(set.some((vector) => vector.size1 === 0))
  })

  it('[TREE-6] give the same verdict on leaves of a subtree, which is a log of its own', (t) => {
    const set = transparencyDev<SubtreeInclusion>(t, 'subtreeinclusion')
    if (set === undefined) return
    check(set, (v) => {
      const treeSize = v.end - v.start
      return isSubtree(v.start, treeSize) && included({ ...v, leafIdx: v.leafIdx - v.start, treeSize })
    })
  })

  it('[TREE-7] give the same verdict on subtrees that begin the log', (t) => {
    const set = transparencyDev<SubtreeConsistency>(t, 'subtreeconsistency')
    if (set === undefined) return
    // A subtree further on is no earlier state of the log; an empty one may pass there, whereas TREE-7 refuses it.
    const beginnings = set.filter((v) => v.start === 0 && v.end > 0)
    check(beginnings, (v) => consistent({ ...v, size1: v.end, size2: v.size }))
    t.diagnostic(`${set.length - beginnings.length} of ${set.length} are no earlier state of a log and were left out`)
  })
})

/** Does some subtree of a log begin at `start` and hold `count` leaves? Its start is a multiple of its full width. */
function isSubtree(start: number, count: number): boolean {
  let width = 1
  while (width < count) width *= 2
  return count > 0 && start % width === 0
}
