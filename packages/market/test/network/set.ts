import { type ValidatorRow, validatorProposals, validators } from '@dujiang/market'
import { toHex } from '@dujiang/core/crypto'
import {
  type Outcome,
  type Person,
  TestMarket,
  dispatcher,
  exchange,
  gridCompany,
  personOf,
  regulator,
  validatorOf,
} from '@dujiang/testing/market-fixture'

export const propose = 'network.validator.propose'
export const approve = 'network.validator.approve'
export const withdraw = 'network.validator.withdraw'

/** Those who run the four validators of {@link consortium}. */
export const runners: readonly [Person, Person, Person, Person] = [exchange, dispatcher, regulator, gridCompany]

/** A market with a validator of each founder, with these powers. */
export const consortium = (...powers: readonly number[]): TestMarket =>
  new TestMarket({
    validators: runners.flatMap(({ org }, at) =>
      powers[at] === undefined ? [] : [validatorOf(org, { power: powers[at] })],
    ),
  })

const keyNamed = (name: string): string => toHex(personOf('NODE', name).signer.publicKey)

/** A further validator of an organisation, controlled by it. */
export const adding = (org: string, over: { readonly [field: string]: unknown } = {}) => ({
  change: { kind: 'add', key: keyNamed(org), name: org, org, controller: org, power: 2, ...over },
})
export const removing = (org: string) => ({ change: { kind: 'remove', key: validatorOf(org).key } })
export const powering = (org: string, power: number) => ({
  change: { kind: 'power', key: validatorOf(org).key, power },
})

/** Power by organisation, as the state asks for it. */
export const powersOf = (market: TestMarket): { readonly [org: string]: number } =>
  Object.fromEntries([...validators.rows(market.ledger.view())].map(({ org, power }: ValidatorRow) => [org, power]))

export const openProposals = (market: TestMarket): number => [...validatorProposals.rows(market.ledger.view())].length

/** Proposes and has these approve, one after another; the last outcome. */
export function carry(market: TestMarket, payload: unknown, by: readonly Person[]): Outcome {
  const [first, ...others] = by as readonly [Person, ...Person[]]
  let outcome = market.must(first, propose, payload)
  const proposal = outcome.id
  for (const person of others) outcome = market.must(person, approve, { proposal })
  return outcome
}
