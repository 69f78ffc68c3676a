import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify'
import { problemAnswer, problemBody } from './answer.ts'
import type { Context } from './context.ts'
import type { Doors } from './doors.ts'
import { send } from './mount.ts'
import { PageFiles } from './page-files.ts'
import type { OtherOrigins } from './other-nodes.ts'
import { type Pages, sendFrom } from './pages.ts'
import { type Problem, problem } from './problem.ts'
import { problems } from './problems.ts'
import type { RouteWords } from './route.ts'

/** What goes wrong outside the routes is answered in the same form, and never with a stack. Rule API-11. */
export function answerTroubles(
  app: FastifyInstance,
  { doors, node }: Context,
  routes: readonly Pick<RouteWords, 'method' | 'path'>[],
  others: OtherOrigins,
  pages: Pages | undefined,
): void {
  const files = pages === undefined ? undefined : new PageFiles(pages.dir)
  const own = new Set(['docs', ...routes.map(({ path }) => path.split('/')[1] ?? '')])
  app.setNotFoundHandler(async (request, reply) => {
    const { method } = request
    const path = request.url.slice(0, 200)
    const allowed = methodsAt(routes, request.url)
    if (allowed.length === 0 && files !== undefined && (await sendFrom(files, own, request, reply, others)))
      return reply
    if (allowed.length === 0) return send(reply, problemAnswer(doors, problem('routeUnknown', { method, path })))
    reply.header('allow', allowed.join(', '))
    return send(reply, problemAnswer(doors, problem('methodNotAllowed', { method, path, allowed: allowed.join(', ') })))
  })
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const known = knownProblem(error)
    if (known !== undefined) return send(reply, problemAnswer(doors, known))
    request.log.error({ err: error }, 'request failed')
    const failed = node.status().failure !== undefined
    const trouble = failed ? problem('nodeFailed') : problem('internal', { request: request.id })
    return send(reply, problemAnswer(doors, trouble))
  })
}

/** What one may do at this path, whatever was tried. */
function methodsAt(routes: readonly Pick<RouteWords, 'method' | 'path'>[], url: string): readonly string[] {
  const path = url.split('?', 1)[0] ?? ''
  const methods = routes.filter((route) => patternOf(route.path).test(path)).map(({ method }) => method)
  return [...new Set(methods)].sort()
}

/** A path of the table: parameters in braces, the last with a `+` when it takes slashes. */
const patternOf = (path: string): RegExp =>
  new RegExp(
    `^${path
      .replaceAll('.', '\\.')
      .replace(/\{\w+\+\}/, '.+')
      .replace(/\{\w+\}/g, '[^/]+')}$`,
  )

function knownProblem({ code, statusCode }: FastifyError): Problem | undefined {
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return problem('mediaTypeUnknown', { expected: 'application/json, application/x-ndjson' })
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return problem('badRequest', { reason: code })
  return undefined
}

/** For a URL that cannot be decoded: no route has seen it. */
export function sayBadUrl(doors: Doors) {
  return (error: FastifyError, _request: unknown, reply: FastifyReply): void => {
    void send(reply, problemAnswer(doors, problem('badRequest', { reason: error.code })))
  }
}

/** For what is not HTTP, or came too late, or in too large a header: answered on the bare socket, which is then closed. */
export function sayMalformed(doors: Doors) {
  return (error: Error & { readonly code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy()
    const said = malformedProblem(error.code ?? 'unreadable')
    const { status } = problems[said.problem]
    const body = JSON.stringify(problemBody(doors, said))
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: application/json; charset=utf-8\r\n` +
        `x-content-type-options: nosniff\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    )
  }
}

function malformedProblem(reason: string): Problem {
  if (reason === 'HPE_HEADER_OVERFLOW') return problem('headersTooLarge')
  return reason === 'ERR_HTTP_REQUEST_TIMEOUT' ? problem('requestTooSlow') : problem('badRequest', { reason })
}

/** From the moment of closing, what still comes over open connections is sent elsewhere. */
export function refuseWhenClosing(app: FastifyInstance, doors: Doors): { begin(): void } {
  let closing = false
  app.addHook('onRequest', async (_request, reply) => {
    if (!closing) return
    const stopping = { ...problem('stopping'), retryAfterSeconds: 5 }
    return send(reply, problemAnswer(doors, stopping))
  })
  app.addHook('onSend', async (_request, reply) => {
    // Else the connection stays open for as long as an idle one may, and the close waits for it.
    if (closing) reply.header('connection', 'close')
  })
  return {
    begin() {
      closing = true
    },
  }
}
