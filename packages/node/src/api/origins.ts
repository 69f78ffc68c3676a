import type { FastifyInstance } from 'fastify'
import type { OtherOrigins } from './other-nodes.ts'

/**
 * Lets pages of these origins, and of the nodes that this one names, call the API from a browser; of no others. Nothing is sent by
 * cookie. Rule API-16.
 */
export function allowOrigins(app: FastifyInstance, origins: readonly string[], others: OtherOrigins): void {
  app.addHook('onRequest', async (request, reply) => {
    const { origin, host } = request.headers
    // A browser names the origin of the node's own pages too.
    if (origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)) return
    if (!origins.includes(origin) && !(await others()).includes(origin)) return
    reply.header('access-control-allow-origin', origin).header('access-control-expose-headers', 'retry-after')
    if (request.method !== 'OPTIONS') return
    return reply
      .header('access-control-allow-methods', 'GET, POST')
      .header('access-control-allow-headers', 'authorization, content-type, last-event-id')
      .header('access-control-max-age', '600')
      .code(204)
      .send()
  })
}
