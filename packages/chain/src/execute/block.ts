import type { Json } from '@dujiang/core/codec'
import { type AuthMap, type CryptoProvider, type Frontier, equalBytes } from '@dujiang/core/crypto'
import { type Chain, type Understood, admit, signedOf, understand } from '../admission.ts'
import { type Admission, inadmissible, isInadmissible } from '../admission-refusals.ts'
import type { Application, Misbehaviour, Refusal, View } from '../application.ts'
import type { Validator } from '../comet/index.ts'
import type { Event, Recorded } from '../receipt.ts'
import { appHashOf } from '../state/app-hash.ts'
import { CommittedView, Overlay } from '../state/overlay.ts'
import { dropBuckets, pastBuckets, rememberIds } from '../state/seen.ts'
import { type State, applyWrites, treeAfter } from '../state/state.ts'
import { fallAllDue } from './due.ts'
import { recordMisbehaviour } from './misbehaviour.ts'
import { type Admitted, executionOrder } from './order.ts'
import { Quotas } from './quota.ts'
import { Recorder } from './recorder.ts'
import { noteSequence, sequenceRefusal } from './sequence.ts'
import { changedValidators } from './validators.ts'
import { write } from './write.ts'

/** A block as execution sees it. */
export interface BlockInput {
  readonly height: number
  readonly timeMs: number
  /** Time of the block before. */
  readonly previousTimeMs: number
  readonly txs: readonly Uint8Array[]
  /** Transactions already understood, by position; what is missing is read again. Never changes the outcome. Rule ADM-9. */
  readonly understood?: readonly (Understood | undefined)[]
  /** What the engine has proved against validators. */
  readonly misbehaviour?: readonly Misbehaviour[]
}

/** What the engine hashes of a transaction's outcome: {code, data}, gas always 0. Rule EXEC-3. */
export interface TxOutcome {
  readonly code: number
  /** Leaf hash of the receipt in the log of receipts; empty for what left none. */
  readonly data: Uint8Array
}

/** A block's outcome, not yet part of the state. */
export interface Executed {
  readonly height: number
  readonly timeMs: number
  /** One for each transaction, in the block's own order. */
  readonly results: readonly TxOutcome[]
  /** In the order of execution. */
  readonly recorded: readonly Recorded[]
  readonly writes: ReadonlyMap<string, Json | undefined>
  readonly appHash: Uint8Array
  readonly newIds: readonly (readonly [id: string, expires: number])[]
  readonly droppedMinutes: readonly number[]
  readonly tree: AuthMap
  readonly receipts: Frontier
  /** The validators the state now asks for, if the block has changed them. */
  readonly validators?: readonly Validator[]
}

/**
 * The deterministic step: (state before, block) → outcome. Changes nothing: a Defect thrown on the way leaves the state
 * as it was. Rules EXEC-1 to EXEC-6.
 */
export function executeBlock(
  app: Application,
  crypto: CryptoProvider,
  chain: Chain,
  state: State,
  block: BlockInput,
): Executed {
  const { sha256 } = crypto
  const { height, timeMs } = block
  const before = new CommittedView(sha256, state.values, block)
  const overlay = new Overlay(sha256, state.values, block)
  const recorder = new Recorder(sha256, height, timeMs, state.receipts)

  recordMisbehaviour(app, overlay, recorder, block.misbehaviour ?? [])
  fallAllDue(app, overlay, recorder)

  const { admitted, results } = admitAll(app, crypto, chain, state, before, block)
  const newIds = new Map<string, number>()
  const quotas = new Quotas(before)
  for (const item of executionOrder(sha256, state.appHash, admitted)) {
    const { id, body } = item.envelope
    if (newIds.has(id)) {
      results[item.position] = withoutReceipt(inadmissible('repeated', { id }))
    } else if (!quotas.take(app, overlay, body.org)) {
      results[item.position] = withoutReceipt(inadmissible('overQuota', { org: body.org }))
    } else {
      newIds.set(id, body.expires)
      results[item.position] = executeAct(overlay, recorder, item)
    }
  }

  quotas.remember(overlay)
  rememberIds(overlay, newIds)
  // What is past admits nothing, so the acts of this block have added to none: the state before it knows them all.
  const droppedMinutes = recorder.recorded.length === 0 ? [] : pastBuckets(before)
  dropBuckets(overlay, droppedMinutes)
  app.checkInvariants(overlay, new Set(overlay.writes.keys()))
  const tree = overlay.writes.size === 0 ? state.tree : treeAfter(sha256, state, overlay.writes)
  const validators = changedValidators(app, overlay)
  return {
    height,
    timeMs,
    results,
    recorded: recorder.recorded,
    writes: overlay.writes,
    appHash: appHashOf(sha256, tree, recorder.frontier),
    newIds: [...newIds],
    droppedMinutes,
    tree,
    receipts: recorder.frontier,
    ...(validators === undefined ? {} : { validators }),
  }
}

/** Makes an executed block part of the state. */
export function commitBlock(state: State, executed: Executed): void {
  applyWrites(state.values, executed.writes)
  for (const [id, expires] of executed.newIds) state.seen.add(id, expires)
  for (const minute of executed.droppedMinutes) state.seen.drop(minute)
  state.tree = executed.tree
  state.receipts = executed.receipts
  state.appHash = executed.appHash
}

type Placed = Admitted & { readonly position: number }

/** Every check of admission once more, against the state before the block. Rule ADM-8. */
function admitAll(
  app: Application,
  crypto: CryptoProvider,
  chain: Chain,
  state: State,
  before: View,
  { txs, understood: known }: BlockInput,
) {
  const admitted: Placed[] = []
  const seen = (id: string, expires: number) => state.seen.has(id, expires)
  const results = txs.map((bytes, position): TxOutcome => {
    const understood = knownFor(bytes, known?.[position]) ?? understand(app, crypto, chain, bytes)
    const outcome = isInadmissible(understood) ? understood : admit(app, crypto, before, seen, understood)
    if (isInadmissible(outcome)) return withoutReceipt(outcome)
    admitted.push({ ...outcome, position })
    return NOT_YET
  })
  return { admitted, results }
}

/** What is said to be known about other bytes is no knowledge of these. */
function knownFor(bytes: Uint8Array, known: Understood | undefined): Understood | undefined {
  if (known === undefined) return undefined
  return known.envelope.bytes === bytes || equalBytes(known.envelope.bytes, bytes) ? known : undefined
}

const NO_DATA = new Uint8Array(0)
const NOT_YET: TxOutcome = { code: 0, data: NO_DATA }
const withoutReceipt = ({ code }: Admission): TxOutcome => ({ code, data: NO_DATA })

/** Decides one act and records it, refused or not. */
function executeAct(overlay: Overlay, recorder: Recorder, item: Admitted): TxOutcome {
  const { id, body } = item.envelope
  const decided = decideAct(overlay, item)
  const refusal = 'refusal' in decided ? decided.refusal : undefined
  const code = refusal?.code ?? 0
  const facts = refusal === undefined ? {} : { refusal: { name: refusal.name, facts: refusal.facts } }
  const events = 'events' in decided ? decided.events : []
  return { code, data: recorder.keep({ ...facts, act: body.act, code, id, kind: 'act', org: body.org }, events) }
}

/** What an admitted act does, written over the state; or why it is declined. */
export function decideAct(
  overlay: Overlay,
  { act, route, envelope, person }: Admitted,
): { readonly events: readonly Event[] } | { readonly refusal: Refusal } {
  const { sequence } = envelope.body
  const late = sequenceRefusal(overlay, route, sequence)
  if (late !== undefined) return { refusal: late }
  const decision = act.decide(overlay, signedOf(envelope, person))
  if (!decision.accepted) return { refusal: decision.refusal }
  // Before the effects: one of them may end the stream.
  noteSequence(overlay, route, sequence)
  return { events: write(overlay, decision.effects, overlay.timeMs) }
}
