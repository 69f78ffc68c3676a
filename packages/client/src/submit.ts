import { Refused } from './errors.ts'
import { type SentAct, answerTo } from './sent-act.ts'
import { type Transport, isPassing, readBody } from './transport.ts'
import type { Accepted, Committed } from './types.ts'

/** How long one node may take: then the same bytes go to the next, and an act at a gate is not lost with a node that hangs. */
const PATIENCE_MS = 10_000

/**
 * Sends one act until there is an answer or it has expired. The bytes are always the same, so the act is executed once
 * however often it is sent; a lost acknowledgement is made good by the first receipt. `mayBeThere`: a node has had it already.
 */
export async function sendAct<T extends Committed | Accepted = Committed>(
  transport: Transport,
  target: string,
  act: SentAct,
  { signal, mayBeThere = false }: { readonly signal?: AbortSignal; readonly mayBeThere?: boolean } = {},
): Promise<T | Committed> {
  const { timing } = transport
  const request = { method: 'POST', target, type: 'application/json', body: act.bytes, answerMs: PATIENCE_MS } as const
  const mayBePromise = target.endsWith('wait=accepted')
  let hasBeenSent = mayBeThere
  for (let tries = 1; ; tries++) {
    try {
      const response = await transport.once(signal === undefined ? request : { ...request, signal })
      return answerTo<T | Committed>(act, (await readBody(() => response.json())) as T, mayBePromise)
    } catch (error) {
      const late = timing.nowMs() >= act.expires
      if (error instanceof Refused && !isPassing(error) && hasBeenSent)
        return await firstReceipt(transport, act, error, signal)
      if (!isPassing(error) || late) throw error
      hasBeenSent ||= !(error instanceof Refused)
      await transport.pause(tries, error, signal)
    }
  }
}

/**
 * A node refuses it now: it has expired, or the state has moved on. An earlier try may have got through, and then it has a
 * receipt at this node, which is as far as its refusal.
 */
async function firstReceipt(
  transport: Transport,
  act: SentAct,
  refused: Refused,
  signal?: AbortSignal,
): Promise<Committed> {
  const id = act.id ?? refused.id
  if (id === undefined) throw refused
  try {
    return answerTo(act, await transport.getJson<Committed>(`/v1/receipts/${id}`, signal))
  } catch (error) {
    throw error instanceof Refused && error.status === 404 ? refused : error
  }
}
