import type { Body, Receipt } from '@dujiang/chain'
import type { CryptoProvider } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import {
  type Actor,
  TRIVIAL_TIME_MS,
  type TrivialGenesisOptions,
  actOf,
  actorOf,
  signerOf,
  trivialApp,
  trivialGenesis,
  trivialValidator,
} from '@dujiang/testing/trivial'
import { type Disk, SimClock, SimDisk } from '../../src/seams/index.ts'
import { type LedgerNode, type OpenOptions, type Outcome, openLedgerNode } from '../../src/service/index.ts'

export const alice = actorOf('ALICE')
export const bob = actorOf('BOB')

/** A node of the trivial Application on a simulated disk and clock, which one can close and open again. */
export class Rig {
  readonly clock = new SimClock(TRIVIAL_TIME_MS + 1_000)
  readonly disk: SimDisk
  readonly genesisBytes: Uint8Array
  readonly chain: string
  readonly #options: Partial<OpenOptions>
  #sequence = 0

  constructor(options: Partial<OpenOptions> = {}, genesis: TrivialGenesisOptions = {}, seed = 1) {
    this.disk = new SimDisk(seed, this.clock)
    this.genesisBytes = trivialGenesis([alice, bob], genesis)
    this.chain = Buffer.from(nodeCrypto.sha256(this.genesisBytes)).toString('hex')
    this.#options = options
  }

  open(over: Partial<OpenOptions> = {}): Promise<LedgerNode> {
    return openLedgerNode({
      app: trivialApp(),
      crypto: nodeCrypto,
      genesisBytes: this.genesisBytes,
      dataDir: 'node',
      disk: this.mount(),
      clock: this.clock,
      validator: trivialValidator,
      nodeKey: signerOf('node'),
      workers: 0,
      ...this.#options,
      ...over,
    })
  }

  mount(): Disk {
    return this.disk.mount()
  }

  /** A signed act; expires in a minute, sequences rise by themselves. */
  act(by: Actor, act: string, payload: object, over: Partial<Body> = {}): Uint8Array {
    this.#sequence += 1
    const { chain } = this
    const expires = this.clock.nowMs() + 60_000
    return actOf(by, { act, chain, sequence: this.#sequence, expires, payload: payload as Body['payload'], ...over })
  }

  mix(amount: number, by: Actor = alice, over: Partial<Body> = {}): Uint8Array {
    return this.act(by, 'tally.mix', { tally: 'T', amount }, over)
  }

  /** Lets `ms` pass and everything due in them happen. */
  async pass(ms: number): Promise<void> {
    await this.clock.advanceTo(this.clock.nowMs() + ms)
  }
}

/** A provider whose checks can be counted and made to fail. */
export function countingCrypto(): CryptoProvider & { checks: number } {
  const crypto = {
    ...nodeCrypto,
    checks: 0,
    verify(...args: Parameters<CryptoProvider['verify']>) {
      crypto.checks += 1
      return nodeCrypto.verify(...args)
    },
  }
  return crypto
}

/** The receipt of an outcome that must be one. */
export function receiptOf(outcome: Outcome): Receipt {
  if (outcome.kind !== 'committed') throw new Error(`not committed: ${JSON.stringify(outcome)}`)
  return outcome.stored.receipt
}

/** Every receipt of a node, in the order of the log. */
export async function allReceipts(node: LedgerNode): Promise<Receipt[]> {
  return (await node.receipts(0, node.status().receipts)).map(({ receipt }) => receipt)
}
