import { readGenesis, writeGenesis } from '@dujiang/chain'
import { type Client, type Committed, type Identity, identityOf } from '@dujiang/client'
import type { Json } from '@dujiang/core/codec'
import { nodeCrypto } from '@dujiang/crypto/node'
import { TestMarket, exchange, keyOf, personOf } from '../market-fixture.ts'
import { type Bidder, LOT_WH, noticeOf, plantOf } from '../market-session.ts'

export interface Sitting {
  readonly session: string
  readonly gateMs: number
}

export interface Seller extends Bidder {
  readonly identity: Identity
}

const SELLERS = 6
const SESSIONS = 10
/** Long enough to announce a session and invite its units on a machine that does something else for seconds. */
const OPENS_AFTER_MS = 8_000
const GATE_EVERY_MS = 1_500
const LAST_GATE_MS = 3_600_000

/** Half of them sign with SM2, half with Ed25519. */
export const sellers: readonly Seller[] = Array.from({ length: SELLERS }, (_, at) => {
  const org = `GEN${at + 1}`
  const person = personOf(org, 'a', at % 2 === 0 ? 'sm2' : 'ed25519')
  return { ...person, unit: `${org}.1`, identity: identityOf(nodeCrypto.sha256, org, person.signer) }
})

/** The fixture's market, founded now instead of at the fixture's own time. */
export function genesisAt(timeMs: number): Uint8Array {
  return writeGenesis({ ...readGenesis(nodeCrypto.sha256, new TestMarket().genesisBytes).genesis, time: timeMs })
}

/**
 * Brings the sellers on record and announces sessions whose gates close one after another while they bid.
 * @param sent is told the id of every act
 */
export async function prepare(client: Client, sent: (id: string) => void): Promise<readonly Sitting[]> {
  const organiser = identityOf(nodeCrypto.sha256, exchange.org, exchange.signer)
  const must = async (act: string, payload: object): Promise<Committed> => {
    const done = await client.act(organiser, { act, payload: payload as Json })
    if (done.receipt.code !== 0) throw new Error(`${act}: ${JSON.stringify(done.receipt.refusal)}`)
    sent(done.id)
    return done
  }
  for (const { org, unit, ...person } of sellers) {
    const keys = [keyOf({ ...person, org })]
    await must('members.org.admit', { org, name: org, roles: ['generator'], keys })
    await must('members.plant.register', plantOf(`${org}.P`, org))
    await must('members.unit.register', { unit, name: org, org, side: 'sell', plant: `${org}.P` })
  }
  await must('auction.sequence.open', { sequence: 'Q', name: '月度' })
  const form = new TestMarket()
  const units = sellers.map(({ unit }) => ({ unit, limitWh: [1_000 * LOT_WH] }))
  const sittings: Sitting[] = []
  for (let at = 0; at < SESSIONS; at++) {
    const session = `S${at + 1}`
    const opensMs = Date.now() + OPENS_AFTER_MS
    const gateMs = opensMs + (at === SESSIONS - 1 ? LAST_GATE_MS : (at + 1) * GATE_EVERY_MS)
    await must('auction.session.announce', noticeOf(form, session, { opensMs, gateMs }))
    await must('auction.session.invite', { session, units })
    sittings.push({ session, gateMs })
  }
  return sittings
}
