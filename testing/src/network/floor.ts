import { type GenesisValidator, readGenesis, writeGenesis } from '@dujiang/chain'
import { type Client, type Committed, type Intake, identityOf } from '@dujiang/client'
import type { Json } from '@dujiang/core/codec'
import { nodeCrypto } from '@dujiang/crypto/node'
import { type Seller, sellers } from '../kill/field.ts'
import { TestMarket, dispatcher, exchange, gridCompany, keyOf, regulator } from '../market-fixture.ts'
import { LOT_WH, TICK, noticeOf, orderOf, plantOf } from '../market-session.ts'

/** The fixture's market, founded at `timeMs` by these validators. */
export function marketFounding(validators: readonly GenesisValidator[], timeMs: number): Uint8Array {
  const founders = [exchange, dispatcher, regulator, gridCompany]
  const seated = validators.map((validator, at) => ({ ...validator, org: (founders[at] ?? exchange).org }))
  const { genesisBytes } = new TestMarket({ validators: seated, rules: STANDSTILL })
  const { genesis } = readGenesis(nodeCrypto.sha256, genesisBytes)
  return writeGenesis({ ...genesis, time: timeMs })
}

/** A chain without blocks for so long has stood still, and its gates move. */
export const STANDSTILL = { gateStandstillMs: 20_000, gateExtensionMs: 60_000 }

/** A market on a network: the organiser's way to sessions, and the sellers' to orders. */
export class Floor {
  readonly #organiser: Client
  readonly #form = new TestMarket()
  #slowestMs = 0

  private constructor(organiser: Client) {
    this.#organiser = organiser
  }

  /** Brings so many of the sellers on record. */
  static async open(organiser: Client, count: number): Promise<Floor> {
    const floor = new Floor(organiser)
    for (const { org, unit, ...person } of sellers.slice(0, count)) {
      const keys = [keyOf({ ...person, org })]
      await floor.#must('members.org.admit', { org, name: org, roles: ['generator'], keys })
      await floor.#must('members.plant.register', plantOf(`${org}.P`, org))
      await floor.#must('members.unit.register', { unit, name: org, org, side: 'sell', plant: `${org}.P` })
    }
    await floor.#must('auction.sequence.open', { sequence: 'Q', name: '月度' })
    return floor
  }

  /** How long an act of the organiser has taken at most, from its signing to its receipt. */
  get slowestMs(): number {
    return this.#slowestMs
  }

  /** Announces a session for these sellers. */
  async announce(session: string, times: { readonly opensMs: number; readonly gateMs: number }, count: number) {
    await this.#must('auction.session.announce', noticeOf(this.#form, session, times))
    const units = sellers.slice(0, count).map(({ unit }) => ({ unit, limitWh: [1_000 * LOT_WH] }))
    await this.#must('auction.session.invite', { session, units })
  }

  /** The signed order of one of the sellers. */
  async order(client: Client, seller: number, session: string): Promise<Uint8Array> {
    const { identity, unit } = sellers[seller] as Seller
    const payload = orderOf(session, unit, 'sell', [[30_000 * TICK, LOT_WH]]) as unknown as Json
    return client.sign(identity, await client.build(identity, { act: 'auction.order.submit', payload }))
  }

  async #must(act: string, payload: object): Promise<Committed> {
    const identity = identityOf(nodeCrypto.sha256, exchange.org, exchange.signer)
    const beganMs = performance.now()
    const done = await this.#organiser.act(identity, { act, payload: payload as Json })
    this.#slowestMs = Math.max(this.#slowestMs, performance.now() - beganMs)
    if (done.receipt.code !== 0) throw new Error(`${act}: ${JSON.stringify(done.receipt.refusal)}`)
    return done
  }
}

/** Did the node say that the act may not count? Of one that has its receipt already nobody asks. */
export const saysMayNotCount = (answer: Committed | { readonly intake: Intake }): boolean =>
  'intake' in answer && answer.intake.mayNotCount === true
