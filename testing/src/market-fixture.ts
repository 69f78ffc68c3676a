import {
  ADMISSION,
  type Body,
  type Decided,
  type Event,
  type GenesisValidator,
  Ledger,
  NO_COMMIT,
  isInadmissible,
  signBody,
  writeGenesis,
} from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'
import { type Scheme, type Signer, keyId, toHex } from '@dujiang/core/crypto'
import { nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import { type Market, type Role, type RuleValues, dujiangMarket } from '@dujiang/market'

export const START_MS = 1_800_000_000_000
const FOREVER_MS = 4_000_000_000_000

/** A person who signs for an organisation. The key is made of the names, so that every run has the same. */
export interface Person {
  readonly org: string
  readonly person: string
  readonly signer: Signer
  readonly key: string
}

/** The key of a person is made of the names. */
export const secretOf = (org: string, person: string, scheme: Scheme = 'ed25519'): Uint8Array =>
  nodeCrypto.sha256(new TextEncoder().encode(`fixture ${scheme} ${org} ${person}`))

export function personOf(org: string, person: string, scheme: Scheme = 'ed25519'): Person {
  const signer = signerFromSecret(scheme, secretOf(org, person, scheme))
  return { org, person, signer, key: keyId(nodeCrypto.sha256, scheme, signer.publicKey) }
}

/** The key of a person as acts and the genesis file carry it. */
export function keyOf({ signer, person }: Person, fromMs = 0, untilMs = FOREVER_MS) {
  return { scheme: signer.scheme, publicKey: toHex(signer.publicKey), person, fromMs, untilMs }
}

/** The founders: each with what it is and who signs for it. */
export const exchange = personOf('SCPX', 'li')
export const exchangeOther = personOf('SCPX', 'wang', 'sm2')
export const dispatcher = personOf('DISP', 'zhao')
export const regulator = personOf('REG', 'qian', 'sm2')
export const gridCompany = personOf('GRID', 'sun')

export const defaultRules: RuleValues = {
  actsPerMinuteMax: 100_000,
  liveStepsMax: 100_000,
  gateStandstillMs: 0,
  gateExtensionMs: 600_000,
  priceFloor: -5_000_000,
  priceCap: 80_000_000,
  stepsMax: 5,
  priceRules: ['last_pair_mid', 'k', 'interval_low', 'interval_mid', 'interval_high', 'last_supply'],
  tieRules: ['pro_rata', 'time'],
}

export const defaultAdmits: readonly { readonly role: Role; readonly admits: readonly Role[] }[] = [
  { role: 'exchange', admits: ['generator', 'retailer', 'user'] },
  { role: 'regulator', admits: ['exchange', 'dispatcher', 'grid'] },
]

/** A validator that an organisation runs and controls. */
export const validatorOf = (org: string, over: Partial<GenesisValidator> = {}): GenesisValidator => ({
  name: 'v',
  controller: org,
  org,
  key: toHex(personOf(org, 'node').signer.publicKey),
  power: 1,
  ...over,
})

/** What became of one transaction. */
export interface Outcome {
  /** 0 when accepted. */
  readonly code: number
  readonly id?: string
  /** Of its receipt: later decisions have higher ones. */
  readonly index?: number
  /** The refusal's name, at admission or after; absent when accepted. */
  readonly refusal?: string
  readonly facts: { readonly [fact: string]: Json }
  readonly events: readonly Event[]
}

export interface MarketOptions {
  readonly app?: Market
  readonly rules?: Partial<RuleValues>
  readonly admits?: typeof defaultAdmits
  /** One of the exchange's unless given. */
  readonly validators?: readonly GenesisValidator[]
  /** Further sections of the genesis file, by family. */
  readonly sections?: { readonly [family: string]: Json }
}

/**
 * A market on a ledger in memory, driven block by block. Time moves only when a block is made.
 * @example
 * const market = new TestMarket()
 * market.block([market.act(exchange, 'auction.sequence.open', { sequence: 'Q', name: '月度' })])
 */
export class TestMarket {
  readonly ledger: Ledger
  readonly app: Market
  readonly genesisBytes: Uint8Array
  /** Every block so far, for a twin to execute again. */
  readonly blocks: { readonly txs: readonly Uint8Array[]; readonly timeMs: number }[] = []
  #sequence = 0

  constructor({
    app = dujiangMarket(),
    rules = {},
    admits = defaultAdmits,
    validators = [validatorOf('SCPX')],
    sections = {},
  }: MarketOptions = {}) {
    this.app = app
    const founder = (name: string, roles: readonly Role[], ...people: Person[]) => ({
      org: (people[0] as Person).org,
      name,
      roles,
      keys: people.map((each) => keyOf(each)),
    })
    const founders = [
      founder('四川电力交易中心', ['exchange'], exchange, exchangeOther),
      founder('四川电力调度控制中心', ['dispatcher'], dispatcher),
      founder('四川能源监管办', ['regulator'], regulator),
      founder('国网四川电力', ['grid'], gridCompany),
    ]
    const state = {
      members: { founders, admits },
      rules: { name: 'SC-TEST', document: '试验规则', values: { ...defaultRules, ...rules } },
      ...sections,
    }
    this.genesisBytes = writeGenesis({
      v: 1,
      name: '试验市场',
      domain: 'public',
      time: START_MS,
      validators,
      app: { name: app.name, version: 1, state: state as unknown as Json },
    })
    this.ledger = new Ledger(app, nodeCrypto, this.genesisBytes)
  }

  /** The time of the last block. */
  get nowMs(): number {
    return this.ledger.tip.timeMs
  }

  /** A signed act. Sequences rise by themselves; `over` changes what else the body says. */
  act(by: Person, name: string, payload: unknown, over: Partial<Body> = {}): Uint8Array {
    this.#sequence++
    return signBody(by.signer, {
      act: name,
      chain: this.ledger.chain.id,
      domain: 'public',
      expires: this.nowMs + 6 * 24 * 3_600_000,
      key: by.key,
      org: by.org,
      payload: payload as Json,
      ref: `r${this.#sequence}`,
      sequence: this.#sequence,
      v: 1,
      ...over,
    })
  }

  /** What the next block would do; nothing is kept of it. */
  decide(txs: readonly Uint8Array[], timeMs = this.nowMs + 1_000): Decided {
    return this.ledger.decide(txs, timeMs, new Uint8Array(20))
  }

  /** Makes the next block and says what became of each transaction, in the order given. */
  block(txs: readonly Uint8Array[], timeMs = this.nowMs + 1_000): Outcome[] {
    const decided = this.decide(txs, timeMs)
    this.ledger.commit(decided, NO_COMMIT)
    this.blocks.push({ txs, timeMs })
    return txs.map((bytes, at) => this.#outcome(bytes, at, decided))
  }

  /** One act in a block of its own. */
  run(by: Person, name: string, payload: unknown, timeMs?: number): Outcome {
    return this.block([this.act(by, name, payload)], timeMs)[0] as Outcome
  }

  /** The same, throwing unless it is accepted: for what a test takes for granted. */
  must(by: Person, name: string, payload: unknown, timeMs?: number): Outcome {
    const outcome = this.run(by, name, payload, timeMs)
    if (outcome.code !== 0) throw new Error(`${name}: ${outcome.refusal} ${JSON.stringify(outcome.facts)}`)
    return outcome
  }

  /** A node that starts from genesis and executes the same blocks again. */
  twin(): Ledger {
    const ledger = new Ledger(this.app, nodeCrypto, this.genesisBytes)
    for (const { txs, timeMs } of this.blocks) ledger.commit(ledger.decide(txs, timeMs, new Uint8Array(20)), NO_COMMIT)
    return ledger
  }

  #outcome(bytes: Uint8Array, at: number, { executed }: Decided): Outcome {
    const { code } = executed.results[at] as { readonly code: number }
    const understood = this.ledger.understand(bytes)
    const id = isInadmissible(understood) ? undefined : understood.envelope.id
    const entry = executed.recorded.find(({ receipt }) => receipt.id === id)
    if (id === undefined || entry === undefined || entry.receipt.code !== code) {
      return { code, refusal: admissionName(code), facts: {}, events: [] }
    }
    const { refusal } = entry.receipt
    const said = refusal === undefined ? { facts: {} } : { refusal: refusal.name, facts: refusal.facts }
    return { code, id, index: entry.receipt.index, ...said, events: entry.events }
  }
}

function admissionName(code: number): string {
  return Object.entries(ADMISSION).find(([, number]) => number === code)?.[0] ?? 'unknown'
}
