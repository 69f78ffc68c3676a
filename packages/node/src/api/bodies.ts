import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ApiLimits } from './limits.ts'
import { type Problem, problem, tooManyWaiting } from './problem.ts'
import type { RouteBody } from './route.ts'
import { Shares } from './shares.ts'

/** Bytes that may be held at once. */
class Room {
  readonly #bytesMax: number
  #bytes = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  take(bytes: number): boolean {
    if (this.#bytes + bytes > this.#bytesMax) return false
    this.#bytes += bytes
    return true
  }

  free(bytes: number): void {
    this.#bytes -= bytes
  }
}

/**
 * Takes in the bodies of requests. Only bytes that have arrived take up room, until the request is answered; single acts
 * have room of their own, so that nobody's bulk keeps them out; and one address cannot have all of it. Rule API-17.
 */
export class Bodies {
  readonly #rooms: { readonly act: Room; readonly bulk: Room }
  readonly #arriving: Shares
  readonly #bulksOfAddress: Shares
  readonly #bulks: Shares

  constructor(limits: ApiLimits) {
    this.#rooms = { act: new Room(limits.actRoomBytesMax), bulk: new Room(limits.bulkRoomBytesMax) }
    this.#arriving = new Shares(limits.arrivingPerAddressMax)
    this.#bulksOfAddress = new Shares(limits.bulksPerAddressMax)
    this.#bulks = new Shares(limits.bulksMax)
  }

  /** The whole body of a request, or why it is not taken in; then the rest of it is not read. */
  async take(body: RouteBody, request: FastifyRequest, reply: FastifyReply): Promise<Uint8Array | Problem> {
    const given = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase()
    if (given !== body.type) return problem('mediaTypeUnknown', { expected: body.type })
    const { bytesMax } = body
    if (Number(request.headers['content-length'] ?? 0) > bytesMax) return problem('bodyTooLarge', { bytesMax })
    if (body.many && !this.#holdBulk(request, reply)) return tooManyWaiting()
    const arrived = this.#arriving.take(request.ip)
    if (arrived === undefined) return tooManyWaiting()
    try {
      return await this.#read(body, request, reply)
    } finally {
      arrived()
    }
  }

  /** Takes a place for a bulk body until it has been answered; false when there is none. */
  #holdBulk(request: FastifyRequest, reply: FastifyReply): boolean {
    const mine = this.#bulksOfAddress.take(request.ip)
    if (mine === undefined) return false
    const place = this.#bulks.take('')
    if (place !== undefined) reply.raw.once('close', place)
    if (place === undefined) mine()
    else reply.raw.once('close', mine)
    return place !== undefined
  }

  #read({ bytesMax, many }: RouteBody, { raw }: FastifyRequest, reply: FastifyReply): Promise<Uint8Array | Problem> {
    const room = many ? this.#rooms.bulk : this.#rooms.act
    const chunks: Uint8Array[] = []
    let bytes = 0
    // Also when it breaks off before there is an answer.
    reply.raw.once('close', () => room.free(bytes))
    return new Promise((resolve) => {
      const end = (body: Uint8Array | Problem): void => {
        raw.off('data', take).off('end', whole).off('close', broken).off('error', broken)
        resolve(body)
      }
      const take = (chunk: Uint8Array): void => {
        if (bytes + chunk.length > bytesMax) return end(problem('bodyTooLarge', { bytesMax }))
        if (!room.take(chunk.length)) return end(tooManyWaiting())
        bytes += chunk.length
        chunks.push(chunk)
      }
      const whole = (): void => end(chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks))
      const broken = (): void => end(problem('badRequest', { reason: 'aborted' }))
      raw.on('data', take).on('end', whole).on('close', broken).on('error', broken)
    })
  }
}
