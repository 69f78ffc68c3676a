import type { Socket } from 'node:net'
import type { FastifyError, FastifyInstance } from 'fastify'
import { problemAnswer, problemBody } from './answer.ts'
import type { Doors } from './doors.ts'
import { send } from './mount.ts'
import { type Problem, problem } from './problem.ts'

/** What goes wrong outside the routes is answered in the same form, and never with a stack. Rule API-11. */
export function answerTroubles(app: FastifyInstance, doors: Doors): void {
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.slice(0, 200)
    return send(reply, problemAnswer(doors, problem('routeUnknown', { method: request.method, path })))
  })
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const known = knownProblem(error, request.routeOptions.bodyLimit)
    if (known === undefined) request.log.error({ err: error }, 'request failed')
    return send(reply, problemAnswer(doors, known ?? problem('internal', { request: request.id })))
  })
}

function knownProblem({ code, statusCode }: FastifyError, bytesMax: number | undefined): Problem | undefined {
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return problem('bodyTooLarge', { bytesMax: bytesMax ?? 0 })
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return problem('mediaTypeUnknown', { expected: 'application/json, application/x-ndjson' })
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return problem('badRequest', { reason: code })
  return undefined
}

/** For what is not HTTP, or came too late, or in too large a header: answered on the bare socket, which is then closed. */
export function sayMalformed(doors: Doors) {
  return (error: Error & { readonly code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy()
    const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
    const body = JSON.stringify(problemBody(doors, problem('badRequest', { reason: error.code ?? 'unreadable' })))
    socket.end(
      `HTTP/1.1 ${status} Bad Request\r\ncontent-type: application/json; charset=utf-8\r\n` +
        `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    )
  }
}
