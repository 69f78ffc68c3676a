import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { nodeCrypto } from '@dujiang/crypto/node'
import { headerHash, voteSignBytes } from '../../src/comet/index.ts'
import { hexBytes, rpcHeader } from './rpc-json.ts'
import { ownJson } from './vector-files.ts'

const { sha256 } = nodeCrypto
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

describe('CometBFT v0.40 published vectors', () => {
  it('[COMET-2] gives the published header hash', () => {
    for (const { header, want_hex } of ownJson('header-hash.json').cases)
      assert.equal(hex(headerHash(sha256, rpcHeader(header))), want_hex)
  })

  it('[COMET-5] gives the published vote sign bytes', () => {
    for (const vote of ownJson('vote-sign-bytes.json').cases) {
      const time = { seconds: -62_135_596_800, nanos: 0 }
      const bytes = voteSignBytes(vote.chain_id, {
        type: vote.type,
        height: Number(vote.height),
        round: vote.round,
        blockId: undefined,
        time,
      })
      assert.deepEqual(bytes, hexBytes(vote.want_hex))
    }
  })
})
