import { type EngineValidator, type SentVote, encodeEvidence, encodeLightBlock } from '@dujiang/chain'
import type { RpcEvidence } from '../rpc.ts'
import { RpcFault } from './fault.ts'
import { Fields } from './fields.ts'
import { readBlockId, readCommit, readHeader, readPublicKey } from './values.ts'

/** A proof of a validator's fault as it stands in a block, made from the JSON in which the engine shows it. */
export function rawEvidence({ type, value }: RpcEvidence): Uint8Array {
  const json = new Fields(value, '/evidence')
  if (type === 'tendermint/DuplicateVoteEvidence') {
    return encodeEvidence({
      kind: 'duplicateVote',
      votes: [readVote(json.object('vote_a')), readVote(json.object('vote_b'))],
      power: json.int('ValidatorPower'),
      totalPower: json.int('TotalVotingPower'),
      time: json.time('Timestamp'),
    })
  }
  if (type !== 'tendermint/LightClientAttackEvidence') throw new RpcFault('unreadable', `evidence of type ${type}`)
  return encodeEvidence({
    kind: 'lightClientAttack',
    conflictingBlock: conflictingBlock(json.object('ConflictingBlock')),
    commonHeight: json.int('CommonHeight'),
    byzantine: json.objects('ByzantineValidators').map(readEngineValidator),
    totalPower: json.int('TotalVotingPower'),
    time: json.time('Timestamp'),
  })
}

function conflictingBlock(json: Fields): Uint8Array {
  const signed = json.object('signed_header')
  const set = json.object('validator_set')
  return encodeLightBlock(
    { header: readHeader(signed.object('header')), commit: readCommit(signed.object('commit')) },
    set.objects('validators').map(readEngineValidator),
    readEngineValidator(set.object('proposer')),
  )
}

function readVote(json: Fields): SentVote {
  const blockId = readBlockId(json.object('block_id'))
  return {
    type: json.int('type'),
    height: json.int('height'),
    round: json.int('round'),
    blockId: blockId.hash.length === 0 ? undefined : blockId,
    time: json.time('timestamp'),
    address: json.hex('validator_address', 20),
    index: json.int('validator_index'),
    signature: json.base64('signature', 64),
    extension: json.base64('extension'),
    extensionSignature: json.base64('extension_signature'),
  }
}

const readEngineValidator = (json: Fields): EngineValidator => ({
  address: json.hex('address', 20),
  publicKey: readPublicKey(json.object('pub_key')),
  power: json.int('voting_power'),
  priority: json.int('proposer_priority'),
})
