import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Defect, chainIdOf } from '@dujiang/chain'
import { fromHex, toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { signerOf, trivialValidator } from '@dujiang/testing/trivial'
import {
  MisbehaviorType,
  RequestCheckTx,
  RequestCommit,
  RequestFinalizeBlock,
  RequestInfo,
  RequestInitChain,
  RequestPrepareProposal,
  RequestProcessProposal,
  RequestQuery,
  ResponseProcessProposal_ProposalStatus as Verdict,
  type ValidatorUpdate,
} from '../../../src/engine/comet/abci/index.ts'
import { drivenRig } from './decided-rig.ts'

const updateOf = (publicKey: Uint8Array, power: number): ValidatorUpdate => ({
  pubKey: { sum: { $case: 'ed25519', value: publicKey } },
  power: BigInt(power),
})

const abciTime = (timeMs: number) => ({
  seconds: BigInt(Math.floor(timeMs / 1_000)),
  nanos: (timeMs % 1_000) * 1_000_000,
})

async function founding() {
  const driven = await drivenRig()
  const right = RequestInitChain.fromPartial({
    chainId: chainIdOf(fromHex(driven.rig.chain)),
    initialHeight: 1n,
    validators: [updateOf(trivialValidator.publicKey, 10)],
  })
  return { ...driven, right }
}

describe('a ledger as CometBFT drives it', () => {
  it('[CMT-13] is founded by the same genesis, again too, with the app hash of its genesis state', async () => {
    const { node, right } = await founding()
    for (let times = 0; times < 2; times++) {
      const { appHash, validators } = await node.abci.initChain(right)
      assert.equal(toHex(appHash), toHex(node.ledger.state.appHash))
      assert.deepEqual(validators, [])
    }
  })

  it('[CMT-13] is a defect on another chain, at another height, and with other validators', async () => {
    const { node, right } = await founding()
    const stranger = signerOf('stranger').publicKey
    for (const change of [
      { chainId: 'another' },
      { initialHeight: 2n },
      { validators: [updateOf(trivialValidator.publicKey, 11)] },
      { validators: [updateOf(stranger, 10)] },
      { validators: [...right.validators, updateOf(stranger, 1)] },
      { validators: [{ pubKey: { sum: { $case: 'secp256k1', value: stranger } }, power: 10n } as ValidatorUpdate] },
    ]) {
      assert.throws(
        () => node.abci.initChain({ ...right, ...change }),
        (error) => error instanceof Defect && error.message.includes('CMT-13'),
      )
    }
  })

  it('[CMT-8] names in info the last block that is committed', async () => {
    const { rig, node, block, chain } = await drivenRig()
    const info = async () => node.abci.info(RequestInfo.fromPartial({}))
    assert.equal((await info()).lastBlockHeight, 0n)
    assert.equal((await info()).lastBlockAppHash.length, 0)
    await block(rig.mix(1))
    await node.blocks.execute(chain.next([rig.mix(2)], rig.clock.nowMs() + 1))
    const { lastBlockHeight, lastBlockAppHash } = await info()
    assert.equal(lastBlockHeight, 1n)
    assert.equal(toHex(lastBlockAppHash), toHex(node.ledger.tip.appHash))
  })

  it('[CMT-7] passes a height from the mempool to the answer to commit', async () => {
    const { rig, node, chain } = await drivenRig()
    const tx = rig.mix(5)
    assert.equal((await node.abci.checkTx(RequestCheckTx.fromPartial({ tx }))).code, 0)
    const timeMs = rig.clock.nowMs()
    const { txs } = await node.abci.prepareProposal(
      RequestPrepareProposal.fromPartial({ height: 1n, time: abciTime(timeMs), txs: [tx], maxTxBytes: 1_000_000n }),
    )
    const proposal = { height: 1n, time: abciTime(timeMs), txs }
    const { status } = await node.abci.processProposal(RequestProcessProposal.fromPartial(proposal))
    assert.equal(status, Verdict.ACCEPT)
    const decided = chain.next(txs, timeMs)
    const { txResults, appHash } = await node.abci.finalizeBlock(
      RequestFinalizeBlock.fromPartial({ ...proposal, hash: decided.hash, proposerAddress: decided.proposer }),
    )
    assert.equal(txResults.length, 1)
    assert.equal(txResults[0]?.code, 0)
    assert.equal(toHex(appHash), toHex(chain.ledger.tip.appHash))
    assert.deepEqual(await node.abci.commit(RequestCommit.fromPartial({})), { retainHeight: 0n })
    assert.equal(node.ledger.tip.height, 1)
    const wrong = RequestProcessProposal.fromPartial({ ...proposal, height: 2n })
    assert.equal((await node.abci.processProposal(wrong)).status, Verdict.REJECT)
  })

  it('[CMT-7] understands what the engine says of a fault', async () => {
    const { rig, node, chain } = await drivenRig()
    const decided = chain.next([], rig.clock.nowMs())
    const address = nodeCrypto.sha256(new Uint8Array(1)).subarray(0, 20)
    await node.abci.finalizeBlock(
      RequestFinalizeBlock.fromPartial({
        height: 1n,
        time: abciTime(rig.clock.nowMs()),
        hash: decided.hash,
        proposerAddress: decided.proposer,
        misbehavior: [
          {
            type: MisbehaviorType.DUPLICATE_VOTE,
            validator: { address, power: 3n },
            height: 1n,
            time: abciTime(rig.clock.nowMs()),
            totalVotingPower: 12n,
          },
        ],
      }),
    )
    await node.abci.commit(RequestCommit.fromPartial({}))
    assert.equal(node.ledger.tip.height, 1)
  })

  it('[CMT-13] answers a question about a peer by the list of peers', async () => {
    const { node } = await drivenRig()
    assert.equal((await node.abci.query(RequestQuery.fromPartial({ path: '/p2p/filter/id/ab' }))).code, 0)
  })
})
