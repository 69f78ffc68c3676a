import { type Body, type GenesisValidator, signBody, writeGenesis } from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'
import { type Scheme, toHex } from '@dujiang/core/crypto'
import { dujiangMarket } from '@dujiang/market'
import { type Person, defaultAdmits, defaultRules, exchange, keyOf, personOf } from '@dujiang/testing/market-fixture'

/** Everybody's keys are made of their names, so that the processes of a run need not send each other any. */
export const ORGS = 200
export const UNITS = 4 * ORGS
export const PERIODS = 24
export const SESSION = 'S1'
const LOT_WH = 1_000_000
const DAY_MS = 24 * 3_600_000
/** By one act. */
const INVITED_MAX = 50

export const nodeValidator = personOf('SCPX', 'node').signer
export const nodeKey = personOf('SCPX', 'intake').signer

const ownValidator: GenesisValidator = {
  name: 'v',
  controller: exchange.org,
  org: exchange.org,
  key: toHex(nodeValidator.publicKey),
  power: 1,
}

/** A ledger with an exchange, those who run its validators, and rules whose quotas stand in nobody's way. */
export function benchGenesis(timeMs: number, validators: readonly GenesisValidator[] = [ownValidator]): Uint8Array {
  const rules = { ...defaultRules, actsPerMinuteMax: 1_000_000, liveStepsMax: 1_000_000, stepsMax: 20 }
  const others = validators.flatMap(({ org }) => (org === exchange.org ? [] : [personOf(org, 'a')]))
  const founder = (person: Person, role: string) => ({
    org: person.org,
    name: person.org,
    roles: [role],
    keys: [keyOf(person)],
  })
  const founders = [founder(exchange, 'exchange'), ...others.map((person) => founder(person, 'grid'))]
  const state = {
    members: { founders, admits: defaultAdmits },
    rules: { name: 'BENCH', document: 'bench', values: rules },
  }
  return writeGenesis({
    v: 1,
    name: 'bench',
    domain: 'public',
    time: timeMs,
    validators,
    app: { name: dujiangMarket().name, version: 1, state: state as unknown as Json },
  })
}

/** A trading unit and who bids for it. */
export interface Bidder {
  readonly unit: string
  readonly person: Person
  /** Sells unless told. */
  readonly side?: 'sell' | 'buy'
}

/** Units with their people, whose keys are of this scheme; neighbours in the list belong to different organisations. */
export function biddersOf(scheme: Scheme, count = UNITS): readonly Bidder[] {
  const people = Array.from({ length: ORGS }, (_, i) => personOf(`R${i}`, 'a', scheme))
  return Array.from({ length: count }, (_, i) => {
    const person = people[i % ORGS] as Person
    return { person, unit: `${person.org}.${Math.floor(i / ORGS)}` }
  })
}

/**
 * What the exchange does before anyone can bid: batches, each to be on record before the next is sent. Every unit is
 * invited to each of the sessions it may bid in.
 */
export function foundingActs(
  chain: string,
  bidders: readonly Bidder[],
  opensMs: number,
  sessions: ReadonlyMap<string, readonly Bidder[]> = new Map([[SESSION, bidders]]),
): readonly (readonly Uint8Array[])[] {
  let sequence = 0
  const act = (name: string, payload: unknown): Uint8Array =>
    signedAct(chain, exchange, { act: name, payload: payload as Json, sequence: ++sequence, expires: opensMs + DAY_MS })
  const people = new Map(bidders.map(({ person }) => [person.org, person]))
  const invitation = ({ unit }: Bidder) => ({ unit, limitWh: Array<number>(PERIODS).fill(100 * LOT_WH) })
  return [
    [...people.values()].map((person) =>
      act('members.org.admit', { org: person.org, name: person.org, roles: ['retailer'], keys: [keyOf(person)] }),
    ),
    bidders.map(({ unit, person }) =>
      act('members.unit.register', { unit, name: unit, org: person.org, side: 'both' }),
    ),
    [
      act('auction.sequence.open', { sequence: 'Q', name: 'bench' }),
      ...[...sessions.keys()].map((session) => act('auction.session.announce', benchNotice(session, opensMs))),
    ],
    [...sessions].flatMap(([session, invited]) =>
      Array.from({ length: Math.ceil(invited.length / INVITED_MAX) }, (_, i) =>
        act('auction.session.invite', {
          session,
          units: invited.slice(i * INVITED_MAX, (i + 1) * INVITED_MAX).map(invitation),
        }),
      ),
    ),
  ]
}

/** A body of this chain, signed: the transaction's bytes. */
export function signedAct(
  chain: string,
  { org, key, signer }: Person,
  what: Pick<Body, 'act' | 'payload' | 'sequence' | 'expires'>,
): Uint8Array {
  return signBody(signer, bodyOf(chain, { org, key }, what))
}

export function bodyOf(
  chain: string,
  { org, key }: Pick<Person, 'org' | 'key'>,
  what: Pick<Body, 'act' | 'payload' | 'sequence' | 'expires'>,
): Body {
  return { ...what, chain, domain: 'public', key, org, ref: String(what.sequence), v: 1 }
}

/** A notice of 24 periods that takes orders for a day, unless told otherwise. */
export function benchNotice(session: string, opensMs: number, over: { readonly [field: string]: unknown } = {}) {
  return {
    session,
    sequence: 'Q',
    name: 'bench',
    product: 'energy',
    deliveryFrom: '2027-01-01',
    deliveryTo: '2027-01-31',
    eligibility: 'all',
    contact: 'none',
    periods: PERIODS,
    priceFloor: 0,
    priceCap: 48_144_000,
    lotWh: LOT_WH,
    tick: 1_000,
    stepsMax: 3,
    priceRule: 'last_pair_mid',
    tieRule: 'pro_rata',
    opensMs,
    gateMs: opensMs + DAY_MS,
    ...over,
  }
}

/** What a unit offers in its `round`: one step in each period. */
export function offerOf(unit: string, round: number, session = SESSION) {
  // Of each unit other numbers, or they would be packed as no market's are.
  const own = [...unit].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 39_989, 7)
  const at = (period: number, prime: number): number => (round * 7_919 + period * (prime + own * own)) % 40_000
  return {
    session,
    unit,
    side: 'sell',
    periods: Array.from({ length: PERIODS }, (_, i) => i + 1),
    prices: [Array.from({ length: PERIODS }, (_, i) => 1_000 * (1 + at(i, 104_729)))],
    volumesWh: [Array.from({ length: PERIODS }, (_, i) => LOT_WH * (1 + (at(i, 1_299_709) % 90)))],
  }
}
