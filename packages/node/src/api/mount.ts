import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Answer, problemAnswer } from './answer.ts'
import type { Bodies } from './bodies.ts'
import type { Context } from './context.ts'
import type { OwnPages } from './own-pages.ts'
import { type Problem, isProblem } from './problem.ts'
import { type Query, readQuery } from './query.ts'
import type { Route } from './route.ts'
import { type Viewer, viewerOf } from './viewer.ts'

const NOTHING = new Uint8Array(0)

/** Serves one route. */
export function mount(
  app: FastifyInstance,
  context: Context,
  { bodies, ownPages }: { readonly bodies: Bodies; readonly ownPages: OwnPages },
  route: Route,
): void {
  app.route({
    method: route.method,
    url: fastifyPath(route.path),
    async handler(request, reply) {
      const foreign = route.ownPagesOnly === true ? ownPages.faultOf(request.headers) : undefined
      if (foreign !== undefined) return send(reply, problemAnswer(context.doors, foreign))
      const asked = readAsk(context, route, request)
      if (isProblem(asked)) return send(reply, problemAnswer(context.doors, asked))
      const body = route.body === undefined ? NOTHING : await bodies.take(route.body, request, reply)
      // The rest of a body that was not taken in is not read: it ends with the connection.
      if (isProblem(body)) return send(reply.header('connection', 'close'), problemAnswer(context.doors, body))
      const answer = await route.handle({ ...asked, address: request.ip, body })
      return send(reply, isProblem(answer) ? problemAnswer(context.doors, answer) : answer)
    },
  })
}

export function send(reply: FastifyReply, { status, type, headers, body }: Answer): FastifyReply {
  reply.code(status).header('content-type', type).header('cache-control', 'no-store').header('vary', 'authorization')
  reply.header('x-content-type-options', 'nosniff')
  for (const [name, value] of Object.entries(headers)) reply.header(name, value)
  return reply.send(typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength))
}

/** Parameters, query and viewer of a request, or what is wrong with them. */
export function readAsk(
  { doors, crypto, clock, limits, node }: Context,
  route: Pick<Route, 'path' | 'params'>,
  request: FastifyRequest,
): { readonly params: Record<string, string>; readonly query: Query; readonly viewer: Viewer } | Problem {
  const target = request.raw.url ?? ''
  const mark = target.indexOf('?')
  const given = request.params as { readonly [name: string]: string }
  const params: Record<string, string> = {}
  const inQuery = []
  for (const param of route.params) {
    const value = given[route.path.includes(`{${param.name}+}`) ? '*' : param.name]
    if (value === undefined || !route.path.includes(`{${param.name}`)) {
      inQuery.push(param)
      continue
    }
    // A path parameter obeys the same rules as one of the query.
    const fault = readQuery([param], new URLSearchParams([[param.name, value]]).toString())
    if (isProblem(fault)) return fault
    params[param.name] = value
  }
  const query = readQuery(inQuery, mark === -1 ? '' : target.slice(mark + 1))
  if (isProblem(query)) return query
  const seams = { doors, crypto, view: () => node.view(), nowMs: () => clock.nowMs(), queryAgeMs: limits.queryAgeMs }
  const { authorization } = request.headers
  const viewer = viewerOf(seams, { method: request.method, target, authorization })
  return isProblem(viewer) ? viewer : { params, query, viewer }
}

export function fastifyPath(path: string): string {
  return path.replace(/\{\w+\+\}/, '*').replace(/\{(\w+)\}/g, ':$1')
}
