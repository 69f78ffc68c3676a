import { type Tried, type Wanted, isInadmissible } from '@dujiang/chain'
import { type Json, encodeCanonicalBytes } from '@dujiang/core/codec'
import { ok, speak } from '../answer.ts'
import { chainSentences } from '../chain-sentences.ts'
import type { Context } from '../context.ts'
import { type Problem, admissionProblem, isProblem, problem } from '../problem.ts'
import type { Route } from '../route.ts'
import type { Viewer } from '../viewer.ts'

/** What would be decided about an act, without sending it. Rule API-24. */
export function dryRunRoute(context: Context): Route {
  const { node, limits } = context
  return {
    method: 'POST',
    path: '/v1/acts/dry-run',
    title: { zh: '试办：现在会如何决定，账本不变', en: 'What would be decided about an act now; nothing changes' },
    params: [],
    body: {
      type: 'application/json',
      bytesMax: limits.actBytesMax,
      many: false,
      schema: 'TriedAct',
      signed: true,
    },
    answers: {
      200: { says: 'What the receipt would say; no promise', schema: 'Tried' },
      400: 'Not an act of this ledger',
      401: 'Its key is not one of the organisation, or not live; or the signature does not hold',
      403: 'The organisation may not do this act, or somebody else asks',
      410: 'Expired',
    },
    handle({ body, viewer }) {
      const wanted = read(body, viewer)
      if (isProblem(wanted)) return wanted
      const tried = node.tryOut(wanted)
      return isInadmissible(tried) ? admissionProblem(tried) : ok(shown(context, tried))
    },
  }
}

/** Signed bytes as they are; else the body of the act, of which the viewer must be the owner. */
function read(bytes: Uint8Array, { org }: Viewer): Uint8Array | Wanted | Problem {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    encodeCanonicalBytes(value as Json)
  } catch {
    return problem('malformed', { reason: 'notJson', at: 0 })
  }
  if (!isObject(value)) return problem('wrongShape', { path: '', rule: 'notObject' })
  const { body, sig } = value
  if (sig !== undefined) return bytes
  if (!isObject(body)) return problem('wrongShape', { path: '/body', rule: 'missing' })
  const owner = typeof body['org'] === 'string' ? body['org'].slice(0, 48) : ''
  // What the body lacks or has too much of, the reader of envelopes says.
  return owner !== '' && owner === org ? (body as unknown as Wanted) : problem('onlyItself', { org: owner })
}

const isObject = (value: unknown): value is { readonly [field: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function shown({ node, doors }: Context, tried: Tried) {
  const { height } = node.status()
  const { timeMs: time } = tried
  if (tried.accepted) return { state: 'wouldAccept', height, time, events: tried.events }
  const { code, name, facts } = tried.refusal
  const said = doors.sentence(name) ?? chainSentences[name]
  const sentence = said === undefined ? {} : { sentence: speak(said, facts) }
  return { state: 'wouldRefuse', height, time, code, refusal: { name, facts }, ...sentence }
}
