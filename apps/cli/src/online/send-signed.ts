import { type Client, Refused, Unreachable } from '@dujiang/client'
import { decisionJson } from '../decision.ts'
import { EXIT_REFUSED, Failure } from '../failure.ts'
import { say } from '../language.ts'
import { jsonLine, print } from '../output.ts'
import { explainedBy } from './connection.ts'
import { type KeptAct, keepAct } from './kept-act.ts'

export type Wait = 'committed' | 'provable' | 'accepted'

export interface Sending {
  readonly wait: Wait
  /** It has been sent before: a node may have it, whatever others say of it now. */
  readonly again: boolean
}

/** Keeps an act, sends it and prints what the ledger decided; 0 when it accepted it. */
export async function sendSigned(client: Client, bytes: Uint8Array, wait: Wait): Promise<number> {
  return sendKept(client, bytes, await keepAct(bytes), { wait, again: false })
}

/** Sends an act that is on disk; says where, unless it is certain what became of it. Rules KEPT-2 and KEPT-3. */
export async function sendKept(client: Client, bytes: Uint8Array, kept: KeptAct, sending: Sending): Promise<number> {
  const stop = new AbortController()
  const onStop = (): void => stop.abort()
  for (const signal of STOPS) process.once(signal, onStop)
  try {
    const answer = await send(client, bytes, sending, stop.signal)
    if (answer.state === 'accepted') {
      await print(jsonLine({ ...answer, signed: kept.path }))
      return 0
    }
    await print(jsonLine({ ...answer, decision: decisionJson(answer.receipt) }))
    await forget(kept)
    return answer.receipt.code === 0 ? 0 : EXIT_REFUSED
  } catch (cause) {
    if (cause instanceof Refused) await forget(kept)
    else if (cause instanceof Unreachable || stop.signal.aborted) throw uncertain(kept, cause as Error)
    return explainedBy(cause)
  } finally {
    for (const signal of STOPS) process.off(signal, onStop)
  }
}

const STOPS = ['SIGINT', 'SIGTERM'] as const

function send(client: Client, bytes: Uint8Array, { wait, again }: Sending, signal: AbortSignal) {
  if (again) return client.untilCommitted(bytes, { signal })
  if (wait === 'accepted') return client.submitAccepted(bytes, { signal })
  return wait === 'provable' ? client.submitProvable(bytes, { signal }) : client.submit(bytes, { signal })
}

/** A file that cannot go changes nothing of what became of the act, and does no harm: its bytes are executed once at most. */
async function forget(kept: KeptAct): Promise<void> {
  try {
    await kept.forget()
  } catch (cause) {
    const { message } = cause as Error
    process.stderr.write(say(`${kept.path} 未能删除：${message}\n`, `could not remove ${kept.path}: ${message}\n`))
  }
}

function uncertain({ id, path }: KeptAct, cause: Error): Failure {
  const again = `dujiang submit ${path} --again`
  return new Failure(
    `操作 ${id} 结果未知：${cause.message}；已签名的原文在 ${path}。勿另签一份：${again} 再发同样的字节，至多执行一次`,
    `what became of the act ${id} is not known: ${cause.message}; its signed bytes are in ${path}. Do not sign another: ${again} sends the same bytes, which are executed once at most`,
    undefined,
    cause,
  )
}
