import { nodeCrypto } from '@dujiang/crypto/node'
import { commitOf, validatorsOf, type Party } from '@dujiang/testing/light'
import { both, far, flipped, fresh, hashesOf, limits, next, ordered, signedAgain, trusted, vectors } from './asking.ts'

// Who must have signed: sets of which the old one of five, three, two and two is a part.
const skipTo = (title: string, reason: string | undefined, set: readonly Party[], signing = set): void => {
  vectors.push({
    title: `skipping to ${title}`,
    reason,
    ask: (rules) => {
      const { header, validators } = signedAgain(({ height }) => ({ ...hashesOf(set), height }), set)(far)
      const block = { header, commit: commitOf(header, set, signing), validators }
      return rules.verifySkipping(nodeCrypto, trusted, block, limits)?.reason
    },
  })
}
// Four of twelve is exactly a third; five is more.
skipTo('a set with exactly a third of the old power', 'notEnoughTrust', [ordered[2]!, ordered[3]!, fresh(1)])
skipTo('a set with more than a third of the old power', undefined, [ordered[0]!, fresh(1)])
skipTo('a set that the old ones joined with more power than they had', 'notEnoughTrust', [
  { ...ordered[2]!, power: 90 },
  fresh(1),
])
skipTo('a set of strangers', 'notEnoughTrust', [fresh(1), fresh(2)])
skipTo(
  'a set in which the old ones are silent',
  'notEnoughTrust',
  [ordered[0]!, fresh(1, 11), fresh(2)],
  [fresh(1, 11), fresh(2)],
)
skipTo('a set of which two thirds are silent', 'commitPowerTooLow', [ordered[0]!, fresh(1, 11)], [ordered[0]!])
vectors.push({
  title: 'skipping from a header to which other validators are put',
  reason: 'trustedValidatorsWrong',
  ask: (rules) => {
    const strangers = [fresh(1), fresh(2)]
    const trust = { header: trusted.header, validators: validatorsOf(strangers) }
    const target = signedAgain(() => hashesOf(strangers), strangers)(far)
    return rules.verifySkipping(nodeCrypto, trust, target, limits)?.reason
  },
})

// The validators handed over.
both('validators: a key', 'commitAddressWrong', (block) => {
  const [first, ...others] = block.validators
  return { ...block, validators: [{ ...first!, publicKey: flipped(first!.publicKey) }, ...others] }
})
both('validators: a power', 'validatorsHashWrong', (block) => {
  const [first, ...others] = block.validators
  return { ...block, validators: [{ ...first!, power: first!.power + 1 }, ...others] }
})
both('validators: in another order', undefined, (block) => ({ ...block, validators: block.validators.toReversed() }))
both('validators: none', 'noValidators', (block) => ({ ...block, validators: [] }))
both('validators: one twice', 'validatorTwice', (block) => ({
  ...block,
  validators: [...block.validators, block.validators[0]!],
}))
both('validators: one without power', 'validatorInvalid', (block) => {
  return { ...block, validators: [...block.validators, { ...fresh(1).signer, power: 0 }] }
})
both('validators: more power than can be counted', 'totalPowerTooHigh', (block) => {
  return { ...block, validators: block.validators.map((one) => ({ ...one, power: Number.MAX_SAFE_INTEGER })) }
})
const strangers = [fresh(1), fresh(2), fresh(3), fresh(4)]
vectors.push(
  {
    title: 'another whole set that signs for itself, next',
    reason: 'nextValidatorsHashWrong',
    ask: (rules) => {
      const block = signedAgain(() => hashesOf(strangers), strangers)(next)
      return rules.verifyAdjacent(nodeCrypto, trusted.header, block, limits)?.reason
    },
  },
  {
    title: 'two sets swapped, next',
    reason: 'commitAddressWrong',
    ask: (rules) => {
      const block = { ...next, validators: validatorsOf(strangers) }
      return rules.verifyAdjacent(nodeCrypto, trusted.header, block, limits)?.reason
    },
  },
)
