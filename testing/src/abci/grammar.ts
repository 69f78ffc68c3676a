import type { AbciCall, AbciMethod } from '@dujiang/node/abci'

/** Where a log leaves the grammar of the ABCI specification. */
export interface GrammarBreak {
  readonly index: number
  readonly call: AbciCall
  readonly expected: string
}

/** Where one CometBFT process stands in the grammar. */
type State =
  | 'started'
  | 'informed'
  | 'offered'
  | 'applying'
  /** The last chunk may have been applied, and `info` has been asked since: blocks may follow. */
  | 'applied'
  | 'founded'
  | 'deciding'
  | 'finalized'

/**
 * Holds a log of calls against the grammar of the ABCI specification (spec/abci/abci++_comet_expected_behavior.md of CometBFT
 * v0.40.0, "Valid method call sequences"), and the heights in it against each other. Undefined when nothing is wrong; a
 * log may stop anywhere, as a process may. The log is of one app from its first call on, over any number of processes.
 *
 * Every sequence of prepareProposal, processProposal, extendVote and verifyVoteExtension is a sequence of rounds, so all
 * that is left to say within a height is that they come before its finalizeBlock. Not looked at: calls that may come at
 * any time, and `info` but where the grammar demands it.
 */
export function grammarBreak(calls: Iterable<AbciCall>): GrammarBreak | undefined {
  let process = 0
  let execution: Execution | undefined
  let index = 0
  for (const call of calls) {
    if (execution === undefined || call.process !== process) {
      process = call.process
      execution = new Execution(execution)
    }
    const expected = execution.take(call)
    if (expected !== undefined) return { index, call, expected }
    index += 1
  }
  return undefined
}

const rounds: Partial<Record<AbciMethod, State>> = {
  prepareProposal: 'deciding',
  processProposal: 'deciding',
  extendVote: 'deciding',
  verifyVoteExtension: 'deciding',
  finalizeBlock: 'finalized',
}

const next: Readonly<Record<State, Partial<Record<AbciMethod, State>>>> = {
  started: { info: 'informed', offerSnapshot: 'offered' },
  informed: { info: 'informed', initChain: 'founded', offerSnapshot: 'offered', ...rounds },
  offered: { info: 'offered', offerSnapshot: 'offered', applySnapshotChunk: 'applying' },
  applying: { info: 'applied', offerSnapshot: 'offered', applySnapshotChunk: 'applying' },
  applied: { info: 'applied', offerSnapshot: 'offered', applySnapshotChunk: 'applying', ...rounds },
  founded: { info: 'founded', ...rounds },
  deciding: { info: 'deciding', ...rounds },
  finalized: { info: 'finalized', commit: 'deciding' },
}

/** The calls of one CometBFT process. */
class Execution {
  readonly #isFirst: boolean
  #state: State = 'started'
  /** The height that is to be decided next, where the calls so far tell. */
  #height: number | undefined
  /** Of all processes: how far blocks were finalized. A later process may begin again earlier, never further on. */
  #finalized: number | undefined

  constructor(before: Execution | undefined) {
    this.#isFirst = before === undefined
    this.#finalized = before === undefined ? undefined : before.#finalized
  }

  /** Undefined when the call may come now, else what could. */
  take(call: AbciCall): string | undefined {
    if (isFree(call.method)) return undefined
    const state = next[this.#state][call.method]
    if (state === undefined) return `${Object.keys(next[this.#state]).join(', ')}, as the process is ${this.#state}`
    const wrong = this.#judgeHeight(call)
    if (wrong !== undefined) return wrong
    this.#state = state
    return undefined
  }

  #judgeHeight({ method, height }: AbciCall): string | undefined {
    switch (method) {
      case 'initChain':
        this.#height = height
        this.#finalized = undefined
        return undefined
      case 'offerSnapshot':
        this.#height = height === undefined ? undefined : height + 1
        this.#finalized = undefined
        return undefined
      case 'commit':
        this.#height = this.#finalized === undefined ? undefined : this.#finalized + 1
        return undefined
      case 'prepareProposal':
      case 'processProposal':
      case 'extendVote':
      case 'verifyVoteExtension':
        return this.#judgeNext(height)
      case 'finalizeBlock': {
        const wrong = this.#judgeNext(height)
        this.#finalized = height
        return wrong
      }
      default:
        return undefined
    }
  }

  #judgeNext(height: number | undefined): string | undefined {
    if (height === undefined) return 'a height'
    if (this.#height !== undefined) return height === this.#height ? undefined : `height ${this.#height}`
    this.#height = height
    // A process that recovers takes up where the app is, at most one past what was finalized; but if the log has no
    // process before it, the app has a past that is not in the log.
    if (this.#isFirst || this.#finalized === undefined || height <= this.#finalized + 1) return undefined
    return `a height of at most ${this.#finalized + 1}`
  }
}

function isFree(method: AbciMethod): boolean {
  return method === 'checkTx' || method === 'query' || method === 'listSnapshots' || method === 'loadSnapshotChunk'
}
