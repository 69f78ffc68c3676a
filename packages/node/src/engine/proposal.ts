import { type Admission, type Ledger, type Understood, Quotas, isInadmissible } from '@dujiang/chain'

export interface BlockLimits {
  readonly actsMax: number
  /** Bytes of all transactions together. */
  readonly bytesMax: number
}

/** What becomes of the acts that wait, were the next block made at a given time. */
export interface Proposal {
  readonly acts: readonly Understood[]
  /** Acts that no block will admit any more. */
  readonly refused: readonly { readonly act: Understood; readonly refusal: Admission }[]
  /** Acts that go on waiting, in their order. */
  readonly waiting: readonly Understood[]
  /** Some wait for the next minute, their organisation's quota being used up in this one. */
  readonly overQuota: boolean
  /** It holds no more. */
  readonly isFull: boolean
}

/**
 * Chooses the acts of a block at `timeMs`, oldest first: only what execution will admit too, none twice, and of each
 * organisation no more than its quota allows. Rule ENG-3.
 */
export function propose(ledger: Ledger, queue: readonly Understood[], timeMs: number, limits: BlockLimits): Proposal {
  const { app } = ledger
  const view = ledger.view(timeMs)
  const quotas = new Quotas(view)
  const acts: Understood[] = []
  const refused: { act: Understood; refusal: Admission }[] = []
  const waiting: Understood[] = []
  let bytes = 0
  let at = 0
  for (; at < queue.length && acts.length < limits.actsMax; at++) {
    const act = queue[at] as Understood
    const { org } = act.envelope.body
    const size = act.envelope.bytes.length
    if (bytes + size > limits.bytesMax) break
    if (quotas.left(app, view, org) === 0 && act.envelope.body.expires > timeMs) {
      waiting.push(act)
      continue
    }
    const admitted = ledger.admit(view, act)
    if (isInadmissible(admitted)) {
      refused.push({ act, refusal: admitted })
      continue
    }
    quotas.take(app, view, org)
    acts.push(act)
    bytes += size
  }
  const overQuota = waiting.length > 0
  const isFull = at < queue.length || acts.length === limits.actsMax
  return { acts, refused, waiting: overQuota ? [...waiting, ...queue.slice(at)] : queue.slice(at), overQuota, isFull }
}
