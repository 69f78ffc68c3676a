import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Frontier, LogTree, append, emptyFrontier } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { logBefore } from '../src/omission-log.ts'

const { sha256 } = nodeCrypto
const SIZE_MAX = 40

describe('the log before a receipt', () => {
  it('[OMIT-9] is what its proof has to the left, at whatever place and size', () => {
    const tree = new LogTree(sha256)
    const before: Frontier[] = [emptyFrontier]
    for (let size = 1; size <= SIZE_MAX; size++) {
      const leaf = sha256(Uint8Array.of(size))
      before.push(append(sha256, before.at(-1) as Frontier, leaf))
      tree.append(leaf)
      for (let index = 0; index < size; index++) {
        assert.deepEqual(logBefore(index, size, tree.inclusionProof(index, size)), before[index], `${index} of ${size}`)
      }
    }
  })
})
