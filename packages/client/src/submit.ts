import { Refused } from './errors.ts'
import { LATE_MS, fateUnknown, isOpen, isUndecided } from './fate.ts'
import { type SentAct, answerTo } from './sent-act.ts'
import { type Transport, isPassing, readBody } from './transport.ts'
import type { Accepted, Committed } from './types.ts'

/** How long one node may take: then the same bytes go to the next, and an act at a gate is not lost with a node that hangs. */
export const PATIENCE_MS = 10_000

/**
 * Sends one act until there is an answer or it has expired. The bytes are always the same, so the act is executed once
 * however often it is sent; a lost acknowledgement is made good by the first receipt. `promised`: a node has taken it in before.
 * Rules CLIENT-1 to CLIENT-4.
 */
export async function sendAct<T extends Committed | Accepted = Committed>(
  transport: Transport,
  target: string,
  act: SentAct,
  { signal, promised = false }: { readonly signal?: AbortSignal; readonly promised?: boolean } = {},
): Promise<T | Committed> {
  const request = { method: 'POST', target, type: 'application/json', body: act.bytes, answerMs: PATIENCE_MS } as const
  const mayBePromise = target.endsWith('wait=accepted')
  const round = transport.round()
  let mayBeThere = promised
  let endMs = act.expires
  for (;;) {
    try {
      const response = await round.once(signal === undefined ? request : { ...request, signal })
      return answerTo<T | Committed>(act, (await readBody(() => response.json())) as T, mayBePromise)
    } catch (error) {
      if (!isOpen(error, promised)) {
        if (error instanceof Refused && mayBeThere) return await firstReceipt(transport, round.at, act, error, signal)
        throw error
      }
      mayBeThere ||= !(error instanceof Refused) || isUndecided(error)
      if (isUndecided(error) || !isPassing(error)) endMs = act.expires + LATE_MS
      if (round.isWhole && transport.timing.nowMs() >= endMs) {
        throw mayBeThere && error instanceof Refused ? fateUnknown(error) : error
      }
      await round.pause(error, signal)
    }
  }
}

/**
 * A node refuses it, and an earlier try may have got through: then it may have a receipt, at this node, which is as far as its
 * refusal.
 */
async function firstReceipt(
  transport: Transport,
  at: number,
  act: SentAct,
  refused: Refused,
  signal?: AbortSignal,
): Promise<Committed> {
  const id = act.id ?? refused.id
  if (id === undefined) throw refused
  try {
    return answerTo(act, await transport.getJson<Committed>(`/v1/receipts/${id}`, signal, at))
  } catch (error) {
    throw error instanceof Refused && error.status === 404 ? refused : error
  }
}
