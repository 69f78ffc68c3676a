import {
  type Commit,
  type Decided,
  Ledger,
  type Recorded,
  addressOf,
  chainIdOf,
  headerHash,
  precommitSignBytes,
  proveState,
  signedAct,
  voteFlag,
  writeReceiptProof,
  writeSealedBlock,
  writeStateProof,
} from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'
import { fromHex, rootOf, toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import {
  type Actor,
  TRIVIAL_TIME_MS,
  actOf,
  actorOf,
  tallyKey,
  trivialApp,
  trivialGenesis,
  trivialValidator,
} from '@dujiang/testing/trivial'

const { sha256 } = nodeCrypto
const text = new TextDecoder()
const a = actorOf('A')
const b = actorOf('B')
const proposer = addressOf(sha256, trivialValidator.publicKey)

/** A small chain of the trivial Application, its files, and what each block did. */
export function chainFiles(): ReadonlyMap<string, Uint8Array | Json> {
  const genesis = trivialGenesis([a, b], { name: 'specification', actsPerMinuteMax: 6 })
  const ledger = new Ledger(trivialApp(), nodeCrypto, genesis)
  const lines: string[] = []
  const outcomes: Json[] = []
  const recorded: Recorded[] = []
  const blocks = plan(ledger.chain.id)
  for (const { timeMs, txs } of blocks) {
    const decided = ledger.decide(txs, timeMs, proposer)
    const commit = seal(ledger, decided)
    ledger.commit(decided, commit)
    recorded.push(...decided.executed.recorded)
    lines.push(`${text.decode(writeSealedBlock({ header: decided.block.header, txs, commit }))}\n`)
    outcomes.push(outcome(ledger, decided))
  }
  const [first] = recorded
  const due = recorded.find(({ receipt }) => receipt.kind === 'due')
  if (first === undefined || due === undefined) throw new Error('the chain of the specification has lost its receipts')
  const tx = blocks[0]?.txs.find((each) => text.decode(each).includes(`"org":"${first.receipt.org}"`))
  const row = (key: string): Uint8Array => {
    const proof = proveState(ledger, key)
    if (proof === undefined) throw new Error(`${key} is not provable`)
    return writeStateProof(proof)
  }
  return new Map<string, Uint8Array | Json>([
    ['genesis.json', genesis],
    ['blocks.ndjson', new TextEncoder().encode(lines.join(''))],
    ['outcomes.json', outcomes],
    ['receipt.json', receiptFile(ledger, first, tx)],
    ['receipt-due.json', receiptFile(ledger, due)],
    ['row.json', row(tallyKey('T'))],
    ['row-absent.json', row(tallyKey('nowhere'))],
  ])
}

/** Acts of two organisations, one refused, one over its quota, one repeated, bytes that are none; an alarm; a quiet block. */
function plan(chain: string): readonly { readonly timeMs: number; readonly txs: readonly Uint8Array[] }[] {
  const at = (seconds: number) => TRIVIAL_TIME_MS + seconds * 1_000
  const act = (actor: Actor, name: string, sequence: number, payload: Json) =>
    actOf(actor, { act: name, chain, sequence, expires: at(90), payload, ref: `${actor.org}-${sequence}` })
  const mix = (actor: Actor, sequence: number, tally: string, amount: number) =>
    act(actor, 'tally.mix', sequence, { tally, amount })
  const first = mix(a, 1, 'T', 4)
  return [
    { timeMs: at(1), txs: [mix(b, 1, 'T', 5), first, act(a, 'alarm.set', 2, { alarm: 'x', atMs: at(2), onRing: [] })] },
    { timeMs: at(3), txs: [first, Uint8Array.of(0, 255), mix(b, 3, 'T', 1), mix(b, 2, 'T', -1)] },
    {
      timeMs: at(4),
      txs: [6, 5, 4, 3].map((sequence) => mix(b, sequence, 'U', sequence)),
    },
    { timeMs: at(64), txs: [] },
    { timeMs: at(65), txs: [mix(a, 9, 'T', 2), act(a, 'org.mute', 10, { org: 'B', muted: true })] },
    {
      timeMs: at(125),
      txs: [actOf(a, { act: 'tally.mix', chain, sequence: 11, expires: at(200), payload: { tally: 'U', amount: 1 } })],
    },
    { timeMs: at(126), txs: [] },
  ]
}

function seal(ledger: Ledger, { block: { header }, blockId }: Decided): Commit {
  const entry = { flag: voteFlag.commit, validatorAddress: proposer, time: header.time }
  const unsigned = { height: header.height, round: 0, blockId }
  const signed = precommitSignBytes(chainIdOf(fromHex(ledger.chain.id)), unsigned, entry)
  return { ...unsigned, signatures: [{ ...entry, signature: trivialValidator.sign(signed) }] }
}

function outcome(ledger: Ledger, { block, blockId, executed }: Decided): Json {
  const { state } = ledger
  return {
    height: block.header.height,
    headerHash: toHex(headerHash(sha256, block.header)),
    parts: { hash: toHex(blockId.parts.hash), total: blockId.parts.total },
    results: executed.results.map(({ code, data }) => ({ code, data: toHex(data) })),
    resultsHash: toHex(ledger.tip.resultsHash),
    receipts: executed.recorded.map(({ receipt, events }) => ({ receipt, events }) as unknown as Json),
    rows: [...state.values.startingWith('')].map(([key, value]) => ({ key, value })),
    state: { count: state.tree.count, root: toHex(state.tree.root()) },
    log: { root: toHex(rootOf(sha256, state.receipts)), size: state.receipts.size },
    appHash: toHex(executed.appHash),
  }
}

function receiptFile(ledger: Ledger, { receipt, events }: Recorded, tx?: Uint8Array): Uint8Array {
  const { head } = ledger
  if (head === undefined) throw new Error('there is no block')
  const act = tx === undefined ? undefined : signedAct(ledger.app, ledger.view(), tx)
  const { size } = head.receipts
  return writeReceiptProof({
    ...(act === undefined ? {} : { act }),
    chain: ledger.chain.id,
    commit: head.commit,
    events,
    header: head.header,
    path: ledger.receiptLog.inclusionProof(receipt.index, size),
    receipt,
    receipts: { root: rootOf(sha256, head.receipts), size },
    stateRoot: head.tree.root(),
  })
}
