import { availableParallelism } from 'node:os'
import type { Signer } from '@dujiang/core/crypto'
import type { Engine, EngineListener } from '../engine/index.ts'
import { Intake, Promises, Room } from '../intake/index.ts'
import type { Keeper } from '../ledger/index.ts'
import { countedVerifier } from '../metrics/instruments.ts'
import type { Disk } from '../seams/index.ts'
import type { IntakeLog, Journal } from '../store/index.ts'
import { VerifyPool, type Verifier, inlineVerifier } from '../verify/index.ts'
import type { LightBlocks } from './light-blocks.ts'
import type { NodeLimits } from './limits.ts'
import type { OpenOptions } from './open-node.ts'
import { RunningNode } from './running-node.ts'

export interface Opened {
  readonly disk: Disk
  readonly journal: Journal
  readonly log: IntakeLog
  readonly keeper: Keeper
  readonly verifier: Verifier
  readonly nodeKey: Signer
  readonly limits: NodeLimits
  readonly lightBlocks: LightBlocks
  /** What else is closed with the node. */
  readonly others: readonly { close(): unknown }[]
}

/** Puts the parts of a node together around an engine, and lets it run. */
export function runNode<E extends Engine>(
  opened: Opened,
  failure: Failure,
  makeEngine: (listener: EngineListener) => E,
): { readonly node: RunningNode; readonly engine: E } {
  const { keeper, verifier, log, nodeKey, limits } = opened
  const engine = makeEngine({
    onDropped: (id, answer) => intake.drop(id, answer),
    onFailure: (cause, uncertain) => failure.report(cause, uncertain),
  })
  const promises = new Promises(keeper, log, nodeKey, limits.withinSeconds, engine)
  const room = new Room(limits.queueActsMax, limits.queueBytesMax, () => engine.nowMs())
  const intake = new Intake({ keeper, engine, verifier, room, onSettled: (ids) => promises.settle(ids) })
  const node = new RunningNode({ ...opened, engine, room, intake, promises })
  failure.reachesTo((cause, uncertain) => node.fail(cause, uncertain))
  engine.start()
  promises.resume(intake)
  return { node, engine }
}

type Report = (cause: unknown, uncertain: ReadonlySet<string>) => void

/** What fails before there is a node to tell is told to it when there is. */
export class Failure {
  #report: Report | undefined
  #early: (readonly [unknown, ReadonlySet<string>])[] = []

  report(cause: unknown, uncertain: ReadonlySet<string> = new Set()): void {
    if (this.#report === undefined) this.#early.push([cause, uncertain])
    else this.#report(cause, uncertain)
  }

  reachesTo(report: Report): void {
    this.#report = report
    for (const [cause, uncertain] of this.#early) report(cause, uncertain)
    this.#early = []
  }
}

/** How many threads check signatures, at least the one that asks. */
export const threadsOf = (workers = availableParallelism()): number => Math.max(1, workers)

/** Threads that check signatures; 0: on the thread that asks. */
export function openVerifier(
  { crypto, workers = availableParallelism(), metrics }: Pick<OpenOptions, 'crypto' | 'workers' | 'metrics'>,
  failure: Failure,
): Verifier {
  const verifier = workers > 0 ? new VerifyPool(workers, (cause) => failure.report(cause)) : inlineVerifier(crypto)
  return metrics === undefined ? verifier : countedVerifier(verifier, metrics)
}
