import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import {
  addressOf,
  blockIdOf,
  commitHash,
  consensusHash,
  dataHash,
  headerHash,
  noEvidenceHash,
  validatorsHash,
} from '../../src/comet/index.ts'
import { base64Bytes, hexBytes, rpcBlockId, rpcCommit, rpcHeader, rpcValidator } from './rpc-json.ts'
import { sharedFolder } from './shared-vectors.ts'

// biome-ignore-all lint/suspicious/noExplicitAny: the answers of a real node, walked without knowing each one's shape

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest())
const fixtures = 'vectors/consensus/tendermint-rs-rpc-fixtures/rpc/tests/kvstore_fixtures'

/** Every object inside `json` that `accept` recognises. */
function found(json: any, accept: (object: any) => boolean): any[] {
  if (json === null || typeof json !== 'object') return []
  return [...(accept(json) ? [json] : []), ...Object.values(json).flatMap((child) => found(child, accept))]
}

for (const version of ['v0_37', 'v0_38']) {
  describe(`answers of a real ${version} node`, () => {
    // One file shows a block of another chain, with evidence, which our blocks never carry.
    const files = sharedFolder(`${fixtures}/${version}/incoming`)
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
      for (const block of withTxs) {
        const header = rpcHeader(block.header)
        assert.deepEqual(dataHash(sha256, block.data.txs.map(base64Bytes)), header.dataHash)
        assert.deepEqual(commitHash(sha256, rpcCommit(block.last_commit)), header.lastCommitHash)
        assert.deepEqual(noEvidenceHash(sha256), header.evidenceHash)
        assert.deepEqual(consensusHash(sha256, 22_020_096, -1), header.consensusHash)
      }
    })

    it('[COMET-4] has the hash and the addresses of the validators in its genesis', { skip }, () => {
      const genesis: any = answers.find(([name]) => name === 'genesis.json')![1]
      const validators = genesis.result.genesis.validators
      const hash = validatorsHash(sha256, validators.map(rpcValidator))
      for (const { block } of blocks) assert.deepEqual(rpcHeader(block.header).validatorsHash, hash)
      for (const validator of validators) {
        assert.deepEqual(addressOf(sha256, rpcValidator(validator).publicKey), hexBytes(validator.address))
      }
    })
  })
}
