import {
  APP_VERSION,
  type Ledger,
  type Misbehaviour,
  type Timestamp,
  type Validator,
  Defect,
  engineChainId,
  firstHeight,
  msFromTime,
  validatorsHash,
} from '@dujiang/chain'
import { equalBytes, toHex } from '@dujiang/core/crypto'
import {
  type AbciApp,
  type Answer,
  CheckTxType,
  ExecTxResult,
  type Misbehavior,
  MisbehaviorType,
  type RequestInitChain,
  ResponseApplySnapshotChunk_Result as ChunkResult,
  ResponseCheckTx,
  ResponseOfferSnapshot_Result as OfferResult,
  ResponseProcessProposal_ProposalStatus as Verdict,
  ResponseQuery,
  ResponseVerifyVoteExtension_VerifyStatus as ExtensionVerdict,
  type ValidatorUpdate,
} from './abci/index.ts'
import type { Blocks } from './blocks.ts'
import type { CheckTx } from './check-tx.ts'
import type { Patience } from './patience.ts'
import type { Proposals } from './proposals.ts'
import type { Snapshots } from './snapshots.ts'

export interface LedgerAppParts {
  readonly ledger: Ledger
  readonly blocks: Blocks
  readonly checkTx: CheckTx
  readonly patience: Patience
  readonly proposals: Proposals
  readonly snapshots: Snapshots
  /** The lowest height the engine must keep; 0: all. */
  readonly retainHeight: () => number
  /** May this peer connect? `query` is the path the engine asks about. */
  readonly peerAllowed: (query: string) => Answer<boolean>
}

/** Code of a query that is refused. */
const REFUSED = 1

/** A ledger as CometBFT drives it: one method a message, each a translation. How a height passes: docs/internals/network.md. */
export function ledgerApp(parts: LedgerAppParts): AbciApp {
  const { ledger, blocks, checkTx, patience, proposals, snapshots } = parts
  return {
    info: () => {
      const { height, appHash } = ledger.tip
      // A ledger that follows another begins above height 0: to the engine it has no block before its own first.
      const begun = height > firstHeight(ledger.founded) - 1
      return {
        data: ledger.app.name,
        version: String(APP_VERSION),
        appVersion: BigInt(APP_VERSION),
        lastBlockHeight: BigInt(begun ? height : 0),
        lastBlockAppHash: begun ? appHash : new Uint8Array(0),
      }
    },

    initChain(request) {
      demandSameChain(ledger, request)
      return { consensusParams: undefined, validators: [], appHash: ledger.tip.appHash }
    },

    checkTx({ tx, type }) {
      const checked = type === CheckTxType.RECHECK ? checkTx.checkAgain(tx) : checkTx.check(tx)
      return checked instanceof Promise
        ? checked.then((each) => ResponseCheckTx.fromPartial(each))
        : ResponseCheckTx.fromPartial(checked)
    },

    async prepareProposal({ txs, height, time, maxTxBytes }) {
      const proposed = { height: Number(height), timeMs: msFromTime(timeOf(time)), txs }
      return { txs: [...(await proposals.prepare(proposed, Number(maxTxBytes)))] }
    },

    async processProposal({ txs, height, time }) {
      const accepted = await proposals.accept({ height: Number(height), timeMs: msFromTime(timeOf(time)), txs })
      return { status: accepted ? Verdict.ACCEPT : Verdict.REJECT }
    },

    async finalizeBlock({ height, time, hash, proposerAddress, txs, misbehavior }) {
      const outcome = await blocks.execute({
        height: Number(height),
        time: timeOf(time),
        hash: hash.slice(),
        proposer: proposerAddress.slice(),
        txs,
        misbehaviour: misbehavior.map(misbehaviourOf),
      })
      patience.begin()
      return {
        events: [],
        txResults: outcome.results.map(({ code, data }) => ExecTxResult.fromPartial({ code, data })),
        validatorUpdates: outcome.changes.map(updateOf),
        consensusParamUpdates: undefined,
        appHash: outcome.appHash,
      }
    },

    async commit() {
      patience.end()
      await blocks.commit()
      return { retainHeight: BigInt(parts.retainHeight()) }
    },

    query: async ({ path }) => ResponseQuery.fromPartial({ code: (await parts.peerAllowed(path)) ? 0 : REFUSED }),

    // Not in use: no height enables them.
    extendVote: () => ({ voteExtension: new Uint8Array(0) }),
    verifyVoteExtension: () => ({ status: ExtensionVerdict.REJECT }),

    listSnapshots: () => snapshots.list(),
    loadSnapshotChunk: (request) => snapshots.load(request),
    // Of nodes that join: this one has.
    offerSnapshot: () => ({ result: OfferResult.ABORT }),
    applySnapshotChunk: () => ({ result: ChunkResult.ABORT, refetchChunks: [], rejectSenders: [] }),
  }
}

/** The engine's genesis file is made from ours: if it says something else, one of them is of another chain. */
function demandSameChain(ledger: Ledger, { chainId, initialHeight, validators }: RequestInitChain): void {
  const expected = engineChainId(ledger.founded)
  if (chainId !== expected) throw new Defect('CMT-13', `the engine is of chain ${chainId}, not ${expected}`)
  if (Number(initialHeight) !== firstHeight(ledger.founded)) {
    throw new Defect('CMT-13', `the engine begins at height ${initialHeight}, not ${firstHeight(ledger.founded)}`)
  }
  const { sha256 } = ledger.crypto
  const theirs = validatorsHash(sha256, validators.map(validatorOf))
  if (!equalBytes(theirs, validatorsHash(sha256, ledger.tip.validators.next))) {
    throw new Defect('CMT-13', 'the engine begins with other validators than the genesis file names')
  }
}

function validatorOf({ pubKey, power }: ValidatorUpdate): Validator {
  if (pubKey?.sum?.$case !== 'ed25519') throw new Defect('CMT-13', 'a validator has a key that is not Ed25519')
  return { publicKey: pubKey.sum.value, power: Number(power) }
}

const updateOf = ({ publicKey, power }: Validator): ValidatorUpdate => ({
  pubKey: { sum: { $case: 'ed25519', value: publicKey } },
  power: BigInt(power),
})

function misbehaviourOf({ type, validator, height, time, totalVotingPower }: Misbehavior): Misbehaviour {
  return {
    kind: type === MisbehaviorType.LIGHT_CLIENT_ATTACK ? 'lightClientAttack' : 'duplicateVote',
    address: toHex(validator?.address ?? new Uint8Array(20)),
    height: Number(height),
    timeMs: msFromTime(timeOf(time)),
    power: Number(validator?.power ?? 0n),
    totalPower: Number(totalVotingPower),
  }
}

function timeOf(time: { readonly seconds: bigint; readonly nanos: number } | undefined): Timestamp {
  return { seconds: Number(time?.seconds ?? 0n), nanos: time?.nanos ?? 0 }
}
