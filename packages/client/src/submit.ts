import { jsonOf, readBody } from './body.ts'
import { isTrouble } from './errors.ts'
import { Fate } from './fate.ts'
import { type SentAct, answerTo } from './sent-act.ts'
import type { Transport } from './transport.ts'
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
  const fate = new Fate(act, transport, promised)
  for (;;) {
    try {
      const response = await round.once(signal === undefined ? request : { ...request, signal })
      return await readBody(async () => answerTo(act, await jsonOf<T | Committed>(response), mayBePromise))
    } catch (error) {
      if (!isTrouble(error) || fate.note(error, round.at)) throw error
      if (round.isWhole && fate.isOver) throw fate.ended(error)
      await round.pause(error, signal)
    }
  }
}
