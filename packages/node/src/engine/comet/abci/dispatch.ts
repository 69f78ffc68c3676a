import type { AbciApp, Answer } from './app.ts'
import type { Request, Response } from './generated/tendermint/abci/types.ts'
import { WireFault } from './frame.ts'

export type Asked = NonNullable<Request['value']>
export type Answered = NonNullable<Response['value']>
export type AbciMethod = keyof AbciApp

/** One call of the app, for a log that the grammar of ABCI can be held against. */
export interface AbciCall {
  /** Counts the CometBFT processes that this server has met, from 1: each begins its calls anew. */
  readonly process: number
  readonly method: AbciMethod
  /** Height of the block, the chain's first height, or the snapshot's; undefined where the message names none. */
  readonly height: number | undefined
}

/** An app's call, or undefined for what the server answers itself. */
export function methodOf(asked: Asked): AbciMethod | undefined {
  switch (asked.$case) {
    case 'echo':
    case 'flush':
      return undefined
    case 'insertTx':
    case 'reapTxs':
      throw new WireFault(`${asked.$case} is asked only of an app that keeps the mempool, see mempool.type`)
    default:
      return asked.$case
  }
}

/** Calls that may overlap with others: they change nothing, or, as checkTx, nothing that a block depends on. */
const overlapping: ReadonlySet<AbciMethod> = new Set<AbciMethod>([
  'checkTx',
  'query',
  'listSnapshots',
  'loadSnapshotChunk',
])

/** Whether the call waits for those before it, whichever connection they came by (ABCI-7). */
export const comesInTurn = (method: AbciMethod): boolean => !overlapping.has(method)

export function heightOf(asked: Asked): number | undefined {
  switch (asked.$case) {
    case 'initChain':
      return Number(asked.value.initialHeight)
    case 'prepareProposal':
    case 'processProposal':
    case 'extendVote':
    case 'verifyVoteExtension':
    case 'finalizeBlock':
    case 'loadSnapshotChunk':
      return Number(asked.value.height)
    case 'offerSnapshot':
      return asked.value.snapshot === undefined ? undefined : Number(asked.value.snapshot.height)
    default:
      return undefined
  }
}

/** Asks the app, and names the answer as the request was named. */
export function dispatch(app: AbciApp, asked: Asked): Answer<Answered> {
  switch (asked.$case) {
    case 'checkTx':
      return named('checkTx', app.checkTx(asked.value))
    case 'info':
      return named('info', app.info(asked.value))
    case 'initChain':
      return named('initChain', app.initChain(asked.value))
    case 'query':
      return named('query', app.query(asked.value))
    case 'commit':
      return named('commit', app.commit(asked.value))
    case 'listSnapshots':
      return named('listSnapshots', app.listSnapshots(asked.value))
    case 'offerSnapshot':
      return named('offerSnapshot', app.offerSnapshot(asked.value))
    case 'loadSnapshotChunk':
      return named('loadSnapshotChunk', app.loadSnapshotChunk(asked.value))
    case 'applySnapshotChunk':
      return named('applySnapshotChunk', app.applySnapshotChunk(asked.value))
    case 'prepareProposal':
      return named('prepareProposal', app.prepareProposal(asked.value))
    case 'processProposal':
      return named('processProposal', app.processProposal(asked.value))
    case 'extendVote':
      return named('extendVote', app.extendVote(asked.value))
    case 'verifyVoteExtension':
      return named('verifyVoteExtension', app.verifyVoteExtension(asked.value))
    case 'finalizeBlock':
      return named('finalizeBlock', app.finalizeBlock(asked.value))
    default:
      throw new Error(`${asked.$case} is not the app's to answer`)
  }
}

type ValueOf<C extends AbciMethod> = Extract<Answered, { $case: C }>['value']

function named<C extends AbciMethod>($case: C, answer: Answer<ValueOf<C>>): Answer<Answered> {
  // The compiler does not see that the pair of a case and its value is one of the union's members.
  const join = (value: ValueOf<C>): Answered => ({ $case, value }) as unknown as Answered
  return answer instanceof Promise ? answer.then(join) : join(answer)
}
