import {
  type Founded,
  type SignedHeader,
  type Validator,
  addressOf,
  engineChainId,
  genesisValidators,
  headerHash,
  totalPower,
  validatorsHash,
  voteFlag,
} from '@dujiang/chain'
import { type CryptoProvider, toHex } from '@dujiang/core/crypto'
import type { Compared, StepName } from './report.ts'

/** What is compared of the header in which every proof file ends. */
export function comparedOfHeader(
  { sha256 }: CryptoProvider,
  founded: Founded,
  signed: SignedHeader,
  name: StepName,
): readonly Compared[] {
  const { header, commit, chain, trust } = signed
  const signers = trust?.at(-1)?.validators ?? genesisValidators(founded)
  if (name === 'chain') {
    return [
      { word: 'chain', stated: chain, computed: founded.chain },
      { word: 'engineChain', stated: header.chainId, computed: engineChainId(founded) },
    ]
  }
  if (name === 'validators') {
    const way: readonly Compared[] =
      trust === undefined ? [] : [{ word: 'way', stated: trust.map((block) => block.header.height).join(' → ') }]
    const computed = toHex(validatorsHash(sha256, signers))
    return [...way, { word: 'validators', stated: toHex(header.validatorsHash), computed }]
  }
  if (name !== 'commit') return []
  const voted = (validator: Validator): string => {
    const address = toHex(addressOf(sha256, validator.publicKey))
    const entry = commit.signatures.find(({ validatorAddress }) => toHex(validatorAddress) === address)
    return entry?.flag === voteFlag.commit ? '✓' : entry?.flag === voteFlag.nil ? '∅' : '—'
  }
  const signing = signers.filter((validator) => voted(validator) === '✓')
  return [
    { word: 'header', stated: toHex(commit.blockId.hash), computed: toHex(headerHash(sha256, header)) },
    { word: 'power', stated: `${totalPower(signing)} / ${totalPower(signers)}` },
    ...signers.map((validator): Compared => {
      const key = toHex(validator.publicKey)
      const founder = founded.genesis.validators.find((each) => each.key === key)
      const who = founder === undefined ? '' : `${founder.org} `
      return { word: 'vote', stated: `${voted(validator)} ${who}${key}` }
    }),
  ]
}
