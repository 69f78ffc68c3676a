import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { leafHash, verifyInclusion } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import {
  addressOf,
  blockIdOf,
  commitHash,
  consensusHash,
  dataHash,
  headerHash,
  noEvidenceHash,
  resultsHash,
  type Validator,
  validatorsHash,
  verifyAdjacent,
  verifyCommit,
} from '../../src/comet/index.ts'
import { base64Bytes, hexBytes, rpcBlockId, rpcCommit, rpcHeader, rpcTxResult, rpcValidator } from './rpc-json.ts'
import { ownFolder, sharedFolder } from './vector-files.ts'

// biome-ignore-all lint/suspicious/noExplicitAny: the answers of a real node, walked without knowing each one's shape

const { sha256 } = nodeCrypto
const fixtures = 'vectors/consensus/tendermint-rs-rpc-fixtures/rpc/tests/kvstore_fixtures'

/** Every object inside `json` that `accept` recognises. */
function found(json: any, accept: (object: any) => boolean): any[] {
  if (json === null || typeof json !== 'object') return []
  return [...(accept(json) ? [json] : []), ...Object.values(json).flatMap((child) => found(child, accept))]
}

const recordings: readonly (readonly [version: string, files: [name: string, json: unknown][]])[] = [
  ['v0.40.0', ownFolder('real-blocks')],
  ['v0.38', sharedFolder(`${fixtures}/v0_38/incoming`)],
  ['v0.37', sharedFolder(`${fixtures}/v0_37/incoming`)],
]

for (const [version, files] of recordings) {
  describe(`answers of a real ${version} node`, () => {
    // One file shows a block of another chain, with evidence, which our blocks never carry.
    const answers = files.filter(([name]) => name !== 'block_search_evidence.json')
    const skip = answers.length === 0 ? 'reference material not present: skipped the real blocks' : false
    const blocks = answers.flatMap(([, json]) => found(json, (o) => o.block?.header && o.block_id?.hash))

    it('[COMET-2] has the header hash the block id says', { skip }, () => {
      const metas = answers.flatMap(([, json]) => found(json, (o) => o.header && o.block_id?.hash))
      const signed = answers.flatMap(([, json]) => found(json, (o) => o.header && o.commit?.block_id))
      const pairs = [
        ...blocks.map((o) => [o.block.header, o.block_id]),
        ...metas.map((o) => [o.header, o.block_id]),
        ...signed.map((o) => [o.header, o.commit.block_id]),
      ]
      assert.ok(pairs.length >= 10, `${pairs.length} headers`)
      for (const [header, id] of pairs) assert.deepEqual(headerHash(sha256, rpcHeader(header)), hexBytes(id.hash))
    })

    it('[COMET-6] has the whole block id, parts included, of its own encoding', { skip }, () => {
      assert.ok(blocks.length >= 5)
      for (const { block, block_id } of blocks) {
        const own = blockIdOf(sha256, {
          header: rpcHeader(block.header),
          txs: block.data.txs.map(base64Bytes),
          lastCommit: rpcCommit(block.last_commit),
        })
        assert.deepEqual(own, rpcBlockId(block_id))
      }
    })

    it('[COMET-3] has the hashes of its transactions, last commit, parameters and evidence', { skip }, () => {
      const withTxs = answers.flatMap(([, json]) => found(json, (o) => o.header && o.data?.txs && o.last_commit))
      assert.ok(withTxs.length >= 5)
      const bytesMax = Number(genesisOf(answers).consensus_params.block.max_bytes)
      for (const block of withTxs) {
        const header = rpcHeader(block.header)
        assert.deepEqual(dataHash(sha256, block.data.txs.map(base64Bytes)), header.dataHash)
        assert.deepEqual(commitHash(sha256, rpcCommit(block.last_commit)), header.lastCommitHash)
        assert.deepEqual(noEvidenceHash(sha256), header.evidenceHash)
        assert.deepEqual(consensusHash(sha256, bytesMax, -1), header.consensusHash)
      }
    })

    it('[COMET-3] has a proof of each transaction against its data hash', { skip }, () => {
      const proven = answers.flatMap(([, json]) => found(json, (o) => o.tx && o.proof?.root_hash))
      assert.ok(proven.length >= 9)
      for (const { tx, proof } of proven) {
        const leaf = leafHash(sha256, sha256(base64Bytes(tx)))
        assert.deepEqual(leaf, base64Bytes(proof.proof.leaf_hash))
        const path = proof.proof.aunts.map(base64Bytes)
        const [index, size] = [Number(proof.proof.index), Number(proof.proof.total)]
        assert.ok(verifyInclusion(sha256, leaf, index, size, path, hexBytes(proof.root_hash)))
      }
    })

    it('[COMET-3] has the results hash of the results before it', { skip }, () => {
      const [search]: any[] = answers.flatMap(([name, json]) => (name === 'tx_search_no_prove.json' ? [json] : []))
      const headers = blocks.map(({ block }) => rpcHeader(block.header))
      for (const tx of search.result.txs) {
        const next = headers.find((header) => header.height === Number(tx.height) + 1)
        if (next === undefined) continue
        assert.deepEqual(resultsHash(sha256, [rpcTxResult(tx.tx_result)]), next.lastResultsHash)
      }
    })

    // The chain whose genesis was recorded, from height 2 on; other answers of the shared material are from other runs.
    const search = answers.filter(([name]) => name === 'block_search.json')
    const chain = search.flatMap(([, json]) => found(json, (o) => o.block?.header && o.block_id?.hash))

    it('[COMET-4] has the hash and the addresses of the validators in its genesis', { skip }, () => {
      const validators = genesisValidators(answers)
      const hash = validatorsHash(sha256, validators)
      assert.ok(chain.length >= 20)
      for (const { block } of chain) {
        assert.deepEqual(rpcHeader(block.header).validatorsHash, hash)
        assert.deepEqual(rpcHeader(block.header).proposerAddress, addressOf(sha256, validators[0]!.publicKey))
      }
    })

    it('[COMET-7] has a last commit that proves the block before', { skip }, () => {
      const validators = genesisValidators(answers)
      for (const { block } of chain) {
        const { chainId, height, lastBlockId } = rpcHeader(block.header)
        const commit = rpcCommit(block.last_commit)
        assert.equal(verifyCommit(nodeCrypto, chainId, validators, lastBlockId.hash, height - 1, commit), undefined)
      }
    })

    it('[COMET-11] has each block verified from the one before', { skip }, () => {
      const validators = genesisValidators(answers)
      const byHeight = new Map(chain.map(({ block }) => [Number(block.header.height), block]))
      for (let height = 2; byHeight.has(height + 2); height++) {
        const trusted = rpcHeader(byHeight.get(height).header)
        const header = rpcHeader(byHeight.get(height + 1).header)
        const commit = rpcCommit(byHeight.get(height + 2).last_commit)
        const limits = { now: header.time, trustingPeriodMs: 3_600_000, clockDriftMs: 10_000 }
        assert.equal(verifyAdjacent(nodeCrypto, trusted, { header, commit, validators }, limits), undefined)
      }
    })
  })
}

const genesisOf = (answers: [name: string, json: any][]): any =>
  answers.find(([name]) => name === 'genesis.json')![1].result.genesis

function genesisValidators(answers: [name: string, json: unknown][]): Validator[] {
  return genesisOf(answers).validators.map(rpcValidator)
}
