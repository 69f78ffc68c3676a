/**
 * The application of a pair under test: `node counting-app-run.ts <home>`. Its state is the number of transactions, in
 * memory alone, so that every start replays the chain. A transaction may tell it to misbehave, once in a home's life, or to have
 * its engine forget every block but the last.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import {
  ExecTxResult,
  type RequestFinalizeBlock,
  ResponseApplySnapshotChunk,
  ResponseCheckTx,
  ResponseCommit,
  ResponseExtendVote,
  ResponseFinalizeBlock,
  ResponseInfo,
  ResponseInitChain,
  ResponseListSnapshots,
  ResponseLoadSnapshotChunk,
  ResponseOfferSnapshot,
  ResponsePrepareProposal,
  ResponseProcessProposal,
  ResponseProcessProposal_ProposalStatus,
  ResponseQuery,
  ResponseVerifyVoteExtension,
  serveAbci,
} from '../../src/engine/comet/abci/index.ts'
import { homePaths, onSupervisorGone, peerAllowed, readPeers } from '../../src/network/index.ts'

const [home] = process.argv.slice(2)
const paths = homePaths(home!)
const allowed = new Set((await readPeers(paths.peers)).map(({ nodeId }) => nodeId))
const claims = join(paths.root, 'claims.json')
/** Nothing yet, unless a test has it claim to be somewhere, as a ledger of another moment would. */
const begun = existsSync(claims) ? JSON.parse(readFileSync(claims, 'utf8')) : { height: 0, count: 0 }
const state = { height: BigInt(begun.height), count: Number(begun.count), forgets: false }

const appHash = () => {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt32BE(state.count, 4)
  return bytes
}

/** True for the first transaction of this text ever. */
function isTold(txs: readonly Uint8Array[], text: string): boolean {
  const mark = join(paths.root, `told-${text}`)
  if (!txs.some((tx) => Buffer.from(tx).toString() === text) || existsSync(mark)) return false
  writeFileSync(mark, '')
  return true
}

async function finalizeBlock({ height, txs }: RequestFinalizeBlock): Promise<ResponseFinalizeBlock> {
  if (isTold(txs, 'exit')) process.exit(0)
  // One result too few: the consensus of the engine fails, and its process lives on.
  if (isTold(txs, 'fail')) return ResponseFinalizeBlock.fromPartial({ appHash: appHash() })
  if (isTold(txs, 'forget')) state.forgets = true
  if (isTold(txs, 'wait')) while (!existsSync(join(paths.root, 'go-on'))) await delay(20)
  state.height = height
  state.count += txs.length
  return ResponseFinalizeBlock.fromPartial({
    txResults: txs.map(() => ExecTxResult.fromPartial({})),
    appHash: appHash(),
  })
}

const { ACCEPT } = ResponseProcessProposal_ProposalStatus
await serveAbci(
  paths.socket,
  {
    info: () => ResponseInfo.fromPartial({ lastBlockHeight: state.height, lastBlockAppHash: appHash(), appVersion: 1 }),
    initChain: () => ResponseInitChain.fromPartial({ appHash: appHash() }),
    prepareProposal: ({ txs }) => ResponsePrepareProposal.fromPartial({ txs: [...txs] }),
    processProposal: () => ResponseProcessProposal.fromPartial({ status: ACCEPT }),
    extendVote: () => ResponseExtendVote.fromPartial({}),
    verifyVoteExtension: () => ResponseVerifyVoteExtension.fromPartial({}),
    finalizeBlock,
    commit: () => ResponseCommit.fromPartial({ retainHeight: state.forgets ? state.height : 0n }),
    offerSnapshot: () => ResponseOfferSnapshot.fromPartial({}),
    applySnapshotChunk: () => ResponseApplySnapshotChunk.fromPartial({}),
    checkTx: () => ResponseCheckTx.fromPartial({}),
    query: ({ path }) => ResponseQuery.fromPartial({ code: peerAllowed(path, allowed) === false ? 1 : 0 }),
    listSnapshots: () => ResponseListSnapshots.fromPartial({}),
    loadSnapshotChunk: () => ResponseLoadSnapshotChunk.fromPartial({}),
  },
  { onFailure: () => process.exit(2) },
)
onSupervisorGone(() => process.exit(0))
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0))
console.log('listening')
