import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Answer, problemAnswer } from './answer.ts'
import type { Context } from './context.ts'
import type { BodyRoom } from './body-room.ts'
import { type Problem, isProblem, problem, tooManyWaiting } from './problem.ts'
import { type Query, readQuery } from './query.ts'
import type { Route } from './route.ts'
import { type Viewer, viewerOf } from './viewer.ts'

const NOTHING = new Uint8Array(0)

/** Serves one route. */
export function mount(app: FastifyInstance, context: Context, room: BodyRoom, route: Route): void {
  app.route({
    method: route.method,
    url: fastifyPath(route.path),
    ...(route.body === undefined ? {} : { bodyLimit: route.body.bytesMax }),
    async onRequest(request, reply) {
      if (route.body === undefined) return
      const { bytesMax } = route.body
      const free = room.take(Math.min(Number(request.headers['content-length'] ?? bytesMax), bytesMax))
      if (free === undefined) return send(reply, problemAnswer(context.doors, tooManyWaiting()))
      // Also when it breaks off before there is an answer.
      reply.raw.once('close', free)
    },
    async handler(request, reply) {
      const asked = readAsk(context, route, request)
      if (isProblem(asked)) return send(reply, problemAnswer(context.doors, asked))
      const body = bodyOf(route, request)
      const answer = isProblem(body) ? body : await route.handle({ ...asked, body })
      return send(reply, isProblem(answer) ? problemAnswer(context.doors, answer) : answer)
    },
  })
}

export function send(reply: FastifyReply, { status, type, headers, body }: Answer): FastifyReply {
  reply.code(status).header('content-type', type).header('cache-control', 'no-store').header('vary', 'authorization')
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

function bodyOf({ body }: Route, request: FastifyRequest): Uint8Array | Problem {
  if (body === undefined) return NOTHING
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase()
  if (type !== body.type) return problem('mediaTypeUnknown', { expected: body.type })
  return request.body instanceof Uint8Array ? request.body : NOTHING
}

export function fastifyPath(path: string): string {
  return path.replace(/\{\w+\+\}/, '*').replace(/\{(\w+)\}/g, ':$1')
}
