import {
  type BlockId,
  type Commit,
  type Header,
  type LightAttack,
  type Member,
  type Timestamp,
  sortedMembers,
  voteFlag,
} from '@dujiang/chain'
import { type Hash, equalBytes } from '@dujiang/core/crypto'
import type { RpcEvidence } from '../rpc.ts'

// The engine's JSON, written: the other way round than values.ts and evidence.ts read it.

/** An attack on light clients as the engine takes it in. The turn of proposers is unknown to us and no hash covers it: zero. */
export function attackJson(hash: Hash, { conflicting, ...attack }: LightAttack): RpcEvidence {
  const { header, commit } = conflicting
  const set = sortedMembers(hash, conflicting.validators)
  const proposer = set.find(({ address }) => equalBytes(address, header.proposerAddress)) ?? (set[0] as Member)
  const value = {
    ConflictingBlock: {
      signed_header: { header: headerJson(header), commit: commitJson(commit) },
      validator_set: { validators: set.map(validatorJson), proposer: validatorJson(proposer) },
    },
    CommonHeight: String(attack.commonHeight),
    ByzantineValidators: sortedMembers(hash, attack.byzantine).map(validatorJson),
    TotalVotingPower: String(attack.totalPower),
    Timestamp: timeText(attack.time),
  }
  return { type: 'tendermint/LightClientAttackEvidence', value }
}

const headerJson = (header: Header) => ({
  version: { block: String(header.version.block), app: String(header.version.app) },
  chain_id: header.chainId,
  height: String(header.height),
  time: timeText(header.time),
  last_block_id: blockIdJson(header.lastBlockId),
  last_commit_hash: hex(header.lastCommitHash),
  data_hash: hex(header.dataHash),
  validators_hash: hex(header.validatorsHash),
  next_validators_hash: hex(header.nextValidatorsHash),
  consensus_hash: hex(header.consensusHash),
  app_hash: hex(header.appHash),
  last_results_hash: hex(header.lastResultsHash),
  evidence_hash: hex(header.evidenceHash),
  proposer_address: hex(header.proposerAddress),
})

const commitJson = ({ height, round, blockId, signatures }: Commit) => ({
  height: String(height),
  round,
  block_id: blockIdJson(blockId),
  signatures: signatures.map(({ flag, validatorAddress, time, signature }) => ({
    block_id_flag: flag,
    validator_address: hex(validatorAddress),
    timestamp: timeText(time),
    signature: flag === voteFlag.absent ? null : base64(signature),
  })),
})

const blockIdJson = ({ hash, parts }: BlockId) => ({
  hash: hex(hash),
  parts: { total: parts.total, hash: hex(parts.hash) },
})

const validatorJson = ({ address, publicKey, power }: Member) => ({
  address: hex(address),
  pub_key: { type: 'tendermint/PubKeyEd25519', value: base64(publicKey) },
  voting_power: String(power),
  proposer_priority: '0',
})

/** RFC 3339 in UTC, with all nine places of a second. */
function timeText({ seconds, nanos }: Timestamp): string {
  const whole = new Date(seconds * 1_000).toISOString().slice(0, -'.000Z'.length)
  return `${whole}.${String(nanos).padStart(9, '0')}Z`
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase()
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
