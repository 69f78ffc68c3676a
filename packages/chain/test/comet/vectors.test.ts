import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { nodeCrypto } from '@dujiang/crypto/node'
import { headerHash, voteSignBytes } from '../../src/comet/index.ts'
import { hexBytes, rpcHeader } from './rpc-json.ts'
import { sharedJson } from './shared-vectors.ts'

const { sha256 } = nodeCrypto
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const folder = 'vectors/consensus/cometbft-v0.40'

describe('CometBFT v0.40 published vectors', () => {
  it('[COMET-2] gives the published header hash', (t) => {
    const vectors = sharedJson(`${folder}/header_hash.json`)
    if (vectors === undefined) return t.skip('reference material not present: skipped the published header hash')
    for (const { header, want_hex } of vectors.cases) assert.equal(hex(headerHash(sha256, rpcHeader(header))), want_hex)
  })

  it('[COMET-5] gives the published vote sign bytes', (t) => {
    const vectors = sharedJson(`${folder}/vote_sign_bytes.json`)
    if (vectors === undefined) return t.skip('reference material not present: skipped the published sign bytes')
    for (const vote of vectors.cases) {
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
