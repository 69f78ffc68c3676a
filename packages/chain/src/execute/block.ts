import type { Json } from '@dujiang/core/codec'
import { type AuthMap, type CryptoProvider, type Frontier, append, leafHash } from '@dujiang/core/crypto'
import { type Chain, type Understood, admit, signedOf, understand } from '../admission.ts'
import { ADMISSION, isInadmissible } from '../admission-refusals.ts'
import type { Application, Effect, Refusal } from '../application.ts'
import { Defect } from '../defect.ts'
import { type Event, type Recorded, dueId, record } from '../receipt.ts'
import { appHashOf } from '../state/app-hash.ts'
import { CommittedView, Overlay } from '../state/overlay.ts'
import { SEEN_PREFIX, type SeenBucket, isPast, minuteOf, minuteOfKey, rolled, seenKey } from '../state/seen.ts'
import { type State, applyWrites, treeAfter } from '../state/state.ts'
import { dueKey, wakesDue } from './due.ts'
import { type Admitted, executionOrder } from './order.ts'
import { withinQuota } from './quota.ts'
import { forgetStream, noteSequence, sequenceRefusal } from './sequence.ts'

/** A block as execution sees it. */
export interface BlockInput {
  readonly height: number
  readonly timeMs: number
  readonly txs: readonly Uint8Array[]
  /** Transactions already understood, by position; what is missing is read again. Never changes the outcome. */
  readonly understood?: readonly (Understood | undefined)[]
}

/** What the engine hashes of a transaction's outcome: {code, data}, gas always 0. */
export interface TxOutcome {
  readonly code: number
  /** Hash of the receipt; empty for what left none. */
  readonly data: Uint8Array
}

/** A block's outcome, not yet part of the state. */
export interface Executed {
  readonly height: number
  readonly timeMs: number
  readonly results: readonly TxOutcome[]
  readonly recorded: readonly Recorded[]
  readonly writes: ReadonlyMap<string, Json | undefined>
  readonly appHash: Uint8Array
  readonly newIds: readonly (readonly [id: string, expires: number])[]
  readonly droppedMinutes: readonly number[]
  readonly tree: AuthMap
  readonly receipts: Frontier
}

/** The deterministic step: (state before, block) → outcome. Changes nothing. */
export function executeBlock(
  app: Application,
  crypto: CryptoProvider,
  chain: Chain,
  state: State,
  block: BlockInput,
): Executed {
  const { sha256 } = crypto
  const before = new CommittedView(sha256, state.values, block.height, block.timeMs)
  const overlay = new Overlay(sha256, state.values, block.height, block.timeMs)
  const recorded: Recorded[] = []
  const newIds: [string, number][] = []
  const newSeen = new Set<string>()
  const results: TxOutcome[] = block.txs.map(() => ({ code: ADMISSION.malformed, data: new Uint8Array(0) }))
  let receipts = state.receipts

  const keep = (entry: Recorded): Uint8Array => {
    recorded.push(entry)
    const leaf = leafHash(sha256, entry.bytes)
    receipts = append(sha256, receipts, leaf)
    return leaf
  }
  const next = () => ({ height: block.height, time: block.timeMs, index: receipts.size })

  for (const wake of wakesDue(before)) {
    // What fell due before it in this block may have cancelled it.
    if (overlay.get(dueKey(wake)) === undefined) continue
    overlay.drop(dueKey(wake))
    const events = write(overlay, app.fallDue(overlay, wake))
    keep(record(sha256, { ...next(), act: wake.name, code: 0, id: dueId(sha256, wake), kind: 'due' }, events))
  }

  const { admitted, positions } = admitAll(app, crypto, chain, state, before, block, results)
  for (const item of executionOrder(sha256, state.appHash, admitted)) {
    const { id, body } = item.envelope
    const position = positions.get(item) as number
    if (newSeen.has(id)) {
      results[position] = { code: ADMISSION.repeated, data: new Uint8Array(0) }
      continue
    }
    if (!withinQuota(app, overlay, body.org)) {
      results[position] = { code: ADMISSION.overQuota, data: new Uint8Array(0) }
      continue
    }
    newSeen.add(id)
    newIds.push([id, body.expires])
    const bucket = seenKey(minuteOf(body.expires))
    overlay.put(bucket, rolled(sha256, overlay.get(bucket) as SeenBucket | undefined, id))
    const outcome = decideOne(overlay, item)
    const events = 'events' in outcome ? outcome.events : []
    const refusal = 'refusal' in outcome ? outcome.refusal : undefined
    const code = refusal?.code ?? 0
    const facts = refusal === undefined ? {} : { refusal: { name: refusal.name, facts: refusal.facts } }
    const entry = record(sha256, { ...next(), ...facts, act: body.act, code, id, kind: 'act', org: body.org }, events)
    results[position] = { code, data: keep(entry) }
  }

  const droppedMinutes = recorded.length === 0 ? [] : dropPast(overlay, block.timeMs)
  app.checkInvariants(overlay, new Set(overlay.writes.keys()))
  const tree = overlay.writes.size === 0 ? state.tree : treeAfter(sha256, state.tree, overlay.writes)
  return {
    height: block.height,
    timeMs: block.timeMs,
    results,
    recorded,
    writes: overlay.writes,
    appHash: appHashOf(sha256, tree, receipts),
    newIds,
    droppedMinutes,
    tree,
    receipts,
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

function admitAll(
  app: Application,
  crypto: CryptoProvider,
  chain: Chain,
  state: State,
  before: CommittedView,
  block: BlockInput,
  results: TxOutcome[],
) {
  const admitted: Admitted[] = []
  const positions = new Map<Admitted, number>()
  block.txs.forEach((bytes, position) => {
    const understood = block.understood?.[position] ?? understand(app, crypto, chain, bytes)
    const outcome = isInadmissible(understood)
      ? understood
      : admit(app, crypto, before, (id, expires) => state.seen.has(id, expires), understood)
    if (isInadmissible(outcome)) {
      results[position] = { code: outcome.code, data: new Uint8Array(0) }
      return
    }
    admitted.push(outcome)
    positions.set(outcome, position)
  })
  return { admitted, positions }
}

function decideOne(
  overlay: Overlay,
  { act, route, envelope, person }: Admitted,
): { events: Event[] } | { refusal: Refusal } {
  const late = sequenceRefusal(overlay, route, envelope.body.sequence)
  if (late !== undefined) return { refusal: late }
  const decision = act.decide(overlay, signedOf(envelope, person))
  noteSequence(overlay, route, envelope.body.sequence)
  return decision.accepted ? { events: write(overlay, decision.effects) } : { refusal: decision.refusal }
}

/** The one writer. */
function write(overlay: Overlay, effects: readonly Effect[]): Event[] {
  const events: Event[] = []
  for (const effect of effects) {
    switch (effect.kind) {
      case 'put':
        overlay.put(effect.key, effect.value)
        break
      case 'drop':
        overlay.drop(effect.key)
        break
      case 'event':
        events.push({ name: effect.name, data: effect.data })
        break
      case 'wake':
        if (effect.wake.atMs <= overlay.timeMs)
          throw new Defect('WAKE-1', `${effect.wake.name} was to fall due in the past`)
        overlay.put(dueKey(effect.wake), true)
        break
      case 'forgetStream':
        forgetStream(overlay, effect.stream)
        break
      case 'cancelWake':
        overlay.drop(dueKey(effect.wake))
        break
    }
  }
  return events
}

function dropPast(overlay: Overlay, timeMs: number): number[] {
  const past: number[] = []
  for (const [key] of overlay.scan(SEEN_PREFIX)) {
    const minute = minuteOfKey(key)
    if (!isPast(minute, timeMs)) break
    past.push(minute)
  }
  for (const minute of past) overlay.drop(seenKey(minute))
  return past
}
