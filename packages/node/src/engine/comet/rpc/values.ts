import {
  ABSENT,
  type BlockId,
  type Commit,
  type CommitSig,
  type Header,
  type Validator,
  type VoteFlag,
  voteFlag,
} from '@dujiang/chain'
import { RpcFault } from './fault.ts'
import type { Fields } from './fields.ts'

// The engine's JSON of what `chain` has types for. Lengths are checked here; whether a header or a commit is true, the
// light client's rules say.

export function readHeader(json: Fields): Header {
  const version = json.object('version')
  return {
    version: { block: version.int('block'), app: version.int('app', 0) },
    chainId: json.text('chain_id'),
    height: json.int('height'),
    time: json.time('time'),
    lastBlockId: readBlockId(json.object('last_block_id')),
    lastCommitHash: json.hex('last_commit_hash', 0, 32),
    dataHash: json.hex('data_hash', 0, 32),
    validatorsHash: json.hex('validators_hash', 32),
    nextValidatorsHash: json.hex('next_validators_hash', 32),
    consensusHash: json.hex('consensus_hash', 32),
    appHash: json.hex('app_hash'),
    lastResultsHash: json.hex('last_results_hash', 0, 32),
    evidenceHash: json.hex('evidence_hash', 0, 32),
    proposerAddress: json.hex('proposer_address', 20),
  }
}

export function readBlockId(json: Fields): BlockId {
  const parts = json.object('parts')
  return { hash: json.hex('hash', 0, 32), parts: { total: parts.int('total'), hash: parts.hex('hash', 0, 32) } }
}

export function readCommit(json: Fields): Commit {
  return {
    height: json.int('height'),
    round: json.int('round'),
    blockId: readBlockId(json.object('block_id')),
    signatures: json.objects('signatures').map(readCommitSig),
  }
}

function readCommitSig(json: Fields): CommitSig {
  const flag = json.int('block_id_flag')
  if (flag === voteFlag.absent) return ABSENT
  return {
    flag: flag as VoteFlag,
    validatorAddress: json.hex('validator_address', 20),
    time: json.time('timestamp'),
    signature: json.base64('signature', 64),
  }
}

/** A validator; `powerName` is `voting_power` in answers about a running chain, `power` in a genesis document. */
export function readValidator(json: Fields, powerName: 'voting_power' | 'power' = 'voting_power'): Validator {
  return { publicKey: readPublicKey(json.object('pub_key')), power: json.int(powerName) }
}

/** An Ed25519 public key; the engine knows others, a chain of ours has none of them. */
export function readPublicKey(json: Fields): Uint8Array {
  const type = json.text('type')
  if (type !== 'tendermint/PubKeyEd25519') throw new RpcFault('unreadable', `the engine shows a key of type ${type}`)
  return json.base64('value', 32)
}
