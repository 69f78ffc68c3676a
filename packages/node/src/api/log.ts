import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { NodeMetrics } from '../metrics/index.ts'

export interface ApiLog {
  readonly level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent'
  /** Where the lines go; standard output unless told. */
  readonly stream?: { write(line: string): void }
}

/** Serialisers that let through what an operator needs and nothing else: no header, no body. Rule API-12. */
const serializers = {
  req: (request: FastifyRequest) => ({ method: request.method, url: request.url, from: request.ip }),
  err: (error: Error) => ({ type: error.name, message: error.message, stack: error.stack ?? '' }),
}

/** What fastify's logger is made with. */
export function loggerOf(log: ApiLog) {
  const { level, stream } = log
  return { level, serializers, ...(stream === undefined ? {} : { stream }) }
}

/** One line a request, when it has been answered. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const { method, url } = request
    request.log.info({ method, url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered')
  })
}

/** Times every request under the pattern of its route; what matches none is one route together. Rule MET-3. */
export function timeRequests(app: FastifyInstance, metrics: Pick<NodeMetrics, 'answered'>): void {
  app.addHook('onResponse', async ({ method, routeOptions }, reply) => {
    metrics.answered(method, routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime / 1_000)
  })
}
