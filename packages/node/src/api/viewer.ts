import type { KeyRecord, View } from '@dujiang/chain'
import { type CryptoProvider, fromHex, parseHex } from '@dujiang/core/crypto'
import type { Doors } from './doors.ts'
import { type Problem, isProblem, problem } from './problem.ts'

/** Who looks: an organisation that signed the query, with which of its keys, or a member of the public. */
export type Viewer = { readonly org?: string; readonly key?: string }

const ANYONE: Viewer = {}

export interface Asked {
  readonly method: string
  /** Path and query exactly as sent. */
  readonly target: string
  readonly authorization: string | undefined
}

export interface ViewerSeams {
  readonly doors: Doors
  readonly crypto: CryptoProvider
  readonly view: () => View
  readonly nowMs: () => number
  readonly queryAgeMs: number
}

const FORM =
  /^Dujiang org="([A-Za-z0-9][A-Za-z0-9._-]{0,47})",key="([0-9a-f]{32})",time="([0-9]{1,16})",signature="([0-9a-f]{128})"$/

/** What a viewer signs. It is good for this query and for a minute, and proves nothing but who looks. */
export function queryMessage(method: string, target: string, timeMs: number): Uint8Array {
  return new TextEncoder().encode(`dujiang/query/1\n${method}\n${target}\n${timeMs}`)
}

/** The organisation's key where it is live now, or what is wrong with it. */
export function liveKey(
  { doors, view, nowMs }: Pick<ViewerSeams, 'doors' | 'view' | 'nowMs'>,
  org: string,
  key: string,
): KeyRecord | Problem {
  const record = doors.keyOf(view(), org, key)
  if (record === undefined) return problem('unknownKey', { org, key })
  const { fromMs, untilMs } = record
  const now = nowMs()
  return now < fromMs || now >= untilMs ? problem('keyNotLive', { org, key, fromMs, untilMs }) : record
}

/** Who asks, from the Authorization header; a header that does not hold is refused, never taken for the public. Rule API-3. */
export function viewerOf(seams: ViewerSeams, asked: Asked): Viewer | Problem {
  const { crypto, nowMs, queryAgeMs } = seams
  if (asked.authorization === undefined) return ANYONE
  const [, org, key, time, signature] = FORM.exec(asked.authorization) ?? []
  if (org === undefined || key === undefined || time === undefined || signature === undefined) {
    return problem('badAuthorization')
  }
  const nodeTime = nowMs()
  const timeMs = Number(time)
  if (Math.abs(timeMs - nodeTime) > queryAgeMs) return problem('queryTimeOff', { time: timeMs, nodeTime, queryAgeMs })
  const record = liveKey(seams, org, key)
  if (isProblem(record)) return record
  const message = queryMessage(asked.method, asked.target, timeMs)
  if (!crypto.verify(record.scheme, fromHex(record.publicKey), message, parseHex(signature) as Uint8Array)) {
    return problem('badSignature', { org, key })
  }
  return { org, key }
}
