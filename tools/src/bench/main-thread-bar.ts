import { Ledger, NO_COMMIT, type Understood, isInadmissible } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { dujiangMarket } from '@dujiang/market'
import { UNITS, benchGenesis, biddersOf, foundingActs } from './crew.ts'
import type { Figure } from './figure.ts'
import { signRounds } from './orders.ts'

const ROUNDS = 72
const WARM_ROUNDS = 40
/** About what a block holds under load. */
const BLOCK_ACTS = 400
/** Four organisations on one box execute every order four times. */
const ASKED_US = 50

/**
 * What the one thread that decides does with an order of 24 periods whose signature is known to hold: decode, canonical
 * check, decide, map, receipt; without HTTP, threads and disk.
 */
export function mainThreadBar(): readonly Figure[] {
  const startMs = 1_800_000_000_000
  const bidders = biddersOf('ed25519')
  const ledger = new Ledger(dujiangMarket(), nodeCrypto, benchGenesis(startMs))
  const opensMs = startMs + 60_000
  for (const [at, batch] of foundingActs(ledger.chain.id, bidders, opensMs).entries()) {
    execute(ledger, understand(ledger, batch, startMs + 1_000 * (at + 1)), startMs + 1_000 * (at + 1))
  }
  const spentUs = { understand: 0, decide: 0, commit: 0 }
  for (const [round, acts] of signRounds(ledger.chain.id, bidders, ROUNDS, startMs).entries()) {
    for (let from = 0; from < UNITS; from += BLOCK_ACTS) {
      const timeMs = opensMs + 1_000 * round + from
      const block = acts.slice(from, from + BLOCK_ACTS)
      const startedUs = threadUs()
      const understood = understand(ledger, block, timeMs)
      const understoodUs = threadUs()
      const { decideUs, commitUs } = execute(ledger, understood, timeMs)
      if (round < WARM_ROUNDS) continue
      spentUs.understand += understoodUs - startedUs
      spentUs.decide += decideUs
      spentUs.commit += commitUs
    }
  }
  const perOrder = (us: number): number => us / ((ROUNDS - WARM_ROUNDS) * UNITS)
  const { understand: understandUs, decide: decideUs, commit: commitUs } = spentUs
  const unit = 'µs/order'
  const whole = perOrder(understandUs + decideUs + commitUs)
  return [
    { bar: 'mainThread.order', value: whole, unit, limit: ASKED_US, note: 'asked: at most 1' },
    { bar: 'mainThread.understand', value: perOrder(understandUs), unit, note: 'decode, canonical check, shape, id' },
    { bar: 'mainThread.decide', value: perOrder(decideUs), unit, note: 'block, decisions, map, receipts' },
    { bar: 'mainThread.commit', value: perOrder(commitUs), unit, note: 'state and log take it in' },
  ]
}

function understand(ledger: Ledger, acts: readonly Uint8Array[], timeMs: number): readonly Understood[] {
  const view = ledger.view(timeMs)
  return acts.map((bytes) => {
    const act = ledger.understand(bytes)
    if (isInadmissible(act)) throw new Error(`the bench's own act is ${act.name}`)
    const { org, key } = act.envelope.body
    const record = ledger.app.key(view, org, key)
    if (record !== undefined) act.verifiedUnder = record.publicKey
    return act
  })
}

function execute(ledger: Ledger, understood: readonly Understood[], timeMs: number) {
  const startedUs = threadUs()
  const txs = understood.map(({ envelope }) => envelope.bytes)
  const decided = ledger.decide(txs, timeMs, PROPOSER, understood)
  const decidedUs = threadUs()
  const refused = decided.executed.recorded.find(({ receipt }) => receipt.code !== 0)
  if (refused !== undefined) throw new Error(`the bench's own act is refused: ${JSON.stringify(refused.receipt)}`)
  ledger.commit(decided, NO_COMMIT)
  return { decideUs: decidedUs - startedUs, commitUs: threadUs() - decidedUs }
}

/** What this thread has used of a core: others on the machine do not count. */
function threadUs(): number {
  const { user, system } = process.threadCpuUsage()
  return user + system
}

const PROPOSER = new Uint8Array(20)
