import { Refused } from './errors.ts'
import { type Transport, isPassing, readBody } from './transport.ts'
import type { Committed } from './types.ts'

/**
 * Sends one act until there is an answer or it has expired. The bytes are always the same, so the act is executed once
 * however often it is sent; a lost acknowledgement is made good by the first receipt.
 */
export async function sendAct<T>(
  transport: Transport,
  target: string,
  bytes: Uint8Array,
  expires: number,
  signal?: AbortSignal,
): Promise<T | Committed> {
  const { timing } = transport
  let mayBeThere = false
  for (let tries = 1; ; tries++) {
    try {
      const request = { method: 'POST', target, type: 'application/json', body: bytes } as const
      const response = await transport.once(signal === undefined ? request : { ...request, signal })
      return (await readBody(() => response.json())) as T
    } catch (error) {
      const late = timing.nowMs() >= expires
      if (mayBeThere && error instanceof Refused && error.refusal.name === 'expired' && error.id !== undefined) {
        return await receiptAfterExpiry(transport, error.id, error, signal)
      }
      if (!isPassing(error) || late) throw error
      mayBeThere ||= !(error instanceof Refused)
      await transport.pause(tries, error, signal)
    }
  }
}

/** It expired while we were asking; an earlier try may have got through, and then it has a receipt. */
async function receiptAfterExpiry(
  transport: Transport,
  id: string,
  expired: Refused,
  signal?: AbortSignal,
): Promise<Committed> {
  try {
    return await transport.getJson<Committed>(`/v1/receipts/${id}`, signal)
  } catch (error) {
    throw error instanceof Refused && error.status === 404 ? expired : error
  }
}
