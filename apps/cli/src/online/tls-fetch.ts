import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Fetch } from '@dujiang/client'
import { unreadable } from '../input.ts'
import { authoritiesFor } from './authorities.ts'

/**
 * `fetch` as a machine that shows a certificate, which Node's own cannot: `dir` holds `client.crt`, `client.key` and
 * `members.crt`, the certificates that vouch for the nodes, each for its own host (CARD-10).
 */
export function tlsFetch(dir: string): Fetch {
  const read = (name: string): string => {
    try {
      return readFileSync(join(dir, name), 'utf8')
    } catch (cause) {
      return unreadable(join(dir, name))(cause)
    }
  }
  const [cert, key, members] = [read('client.crt'), read('client.key'), read('members.crt')]
  const agents = new Map<string, Agent>()
  const agentFor = (host: string): Agent => {
    const known = agents.get(host)
    if (known !== undefined) return known
    const ca = authoritiesFor(host, members)
    // Without any, the authorities that Node brings along would do.
    if (ca === '') throw new Error(`no member vouches for ${host} in members.crt`)
    const agent = new Agent({ keepAlive: true, cert, key, ca, minVersion: 'TLSv1.3' })
    agents.set(host, agent)
    return agent
  }
  return async (input, init = {}) => {
    const { method = 'GET', headers, body, signal } = init
    const url = new URL(input instanceof Request ? input.url : input)
    const agent = agentFor(url.hostname)
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const asked = request(url, {
        agent,
        method,
        headers: headers as Record<string, string>,
        ...(signal === null || signal === undefined ? {} : { signal }),
      })
      asked.once('response', resolve).once('error', reject)
      asked.end(body as Uint8Array | undefined)
    })
    return responseOf(answer)
  }
}

function responseOf(answer: IncomingMessage): Response {
  const headers = new Headers()
  for (const [name, value] of Object.entries(answer.headers)) headers.set(name, String(value))
  const status = answer.statusCode as number
  const hasBody = status !== 204 && status !== 304
  return new Response(hasBody ? (Readable.toWeb(answer) as ReadableStream<Uint8Array>) : null, { status, headers })
}
