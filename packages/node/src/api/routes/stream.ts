import type { FastifyInstance } from 'fastify'
import { problemAnswer } from '../answer.ts'
import type { Context } from '../context.ts'
import { fastifyPath, readAsk, send } from '../mount.ts'
import { isProblem, problem } from '../problem.ts'
import { afterParam, readQuery } from '../query.ts'
import type { RouteWords } from '../route.ts'
import type { Streams } from '../streams.ts'
import { wishOf, wishParams } from '../wish.ts'

const after = afterParam({
  zh: '此序号之后；Last-Event-ID 优先；不给则从现在起',
  en: 'After this index; Last-Event-ID comes first; from now on when neither is given',
})

/** Receipts as they are committed. It writes to the socket itself, so it is mounted apart from the other routes. */
export function streamRoute(context: Context, streams: Streams) {
  const { doors, node } = context
  const route: RouteWords = {
    method: 'GET',
    path: '/v1/stream',
    title: { zh: '订阅回执', en: 'Receipts with their events, as server-sent events; the id is the index' },
    params: [after, ...wishParams],
    answers: {
      200: {
        says: 'Events named `receipt`, each with one as its data; a last event `end` says why the node ended it',
        schema: 'Listed',
        type: 'text/event-stream',
      },
      400: 'After an index that the log has not reached',
      410: 'After an index from before this node joined',
      429: 'Too many streams',
    },
  }
  return {
    route,
    mount(app: FastifyInstance): void {
      app.get(fastifyPath(route.path), async (request, reply) => {
        const asked = readAsk(context, route, request)
        if (isProblem(asked)) return send(reply, problemAnswer(doors, asked))
        const from = resumeAt(request.headers['last-event-id'])
        if (isProblem(from)) return send(reply, problemAnswer(doors, from))
        const last = node.status().receipts - 1
        const start = from.index ?? asked.query.integer('after') ?? last
        if (start > last) {
          const field = from.index === undefined ? 'after' : 'last-event-id'
          const beyond = problem('badValue', { field, rule: 'aboveMaximum', limit: last })
          return send(reply, problemAnswer(doors, beyond))
        }
        const { firstReceipt } = node.status()
        if (start + 1 < firstReceipt) {
          return send(reply, problemAnswer(doors, problem('receiptsNotHeld', { first: firstReceipt })))
        }
        const place = streams.take(asked.viewer, request.ip)
        if (isProblem(place)) return send(reply, problemAnswer(doors, place))
        const headers: Record<string, string> = { 'cache-control': 'no-store', vary: 'authorization' }
        const origin = reply.getHeader('access-control-allow-origin')
        if (typeof origin === 'string') headers['access-control-allow-origin'] = origin
        reply.hijack()
        const course = { viewer: asked.viewer, after: start, wish: wishOf(asked.query) }
        streams.start(reply.raw, { course, headers, giveBack: place })
        return reply
      })
    },
  }
}

function resumeAt(header: string | string[] | undefined) {
  if (header === undefined) return { index: undefined }
  const read = readQuery([after], new URLSearchParams([['after', String(header)]]).toString())
  return isProblem(read)
    ? problem('badValue', { field: 'last-event-id', rule: 'notInteger' })
    : { index: read.integer('after') }
}
