import { BinaryWriter } from '@bufbuild/protobuf/wire'
import { type Answered, type Asked, comesInTurn, methodOf } from './dispatch.ts'
import { FrameReader, WireFault } from './frame.ts'
import { Request, Response } from './generated/tendermint/abci/types.ts'
import type { AbciLimits } from './limits.ts'
import type { Line } from './line.ts'
import type { OneByOne } from './one-by-one.ts'
import type { Answer } from './app.ts'

/** What a connection needs of its server. */
export interface Host {
  readonly limits: AbciLimits
  readonly turns: OneByOne
  ask(asked: Asked): Answer<Answered>
  /** The first bytes have come. */
  began(): void
  /** The connection is over, for a reason if it was not simply closed; `wasSilent` if no byte ever came. */
  ended(fault: Error | undefined, wasSilent: boolean): void
  /** The app, or this server, did what is impossible. */
  failed(cause: unknown): void
}

/** A request in its place among those of the connection, and its answer once there is one. */
interface Slot {
  readonly bytes: number
  answered: Answered | undefined
}

/** An encoder keeps its largest buffer; one that has carried a block is let go. */
const KEPT_BUFFER_BYTES_MAX = 2 ** 20

/**
 * One of CometBFT's connections. Answers leave in the order of the requests (ABCI-3), all that are ready in one write
 * (ABCI-4); no more is looked at while too many are owed or the socket takes no more (ABCI-6).
 */
export class Connection {
  readonly #line: Line
  readonly #host: Host
  readonly #frames: FrameReader
  /** What has been read and not been looked at. */
  readonly #arrived: Uint8Array[] = []
  readonly #slots: Slot[] = []
  #firstSlot = 0
  #owedBytes = 0
  #writer = new BinaryWriter()
  #isOpen = true
  #isSilent = true
  #isWorking = false
  #isWorkDue = false

  constructor(line: Line, host: Host) {
    this.#line = line
    this.#host = host
    this.#frames = new FrameReader(host.limits.frameBytesMax)
    line.listener = {
      bytes: (chunk) => {
        if (this.#isSilent) {
          this.#isSilent = false
          host.began()
        }
        this.#arrived.push(chunk)
        this.#work()
      },
      drained: () => this.#work(),
      over: (fault) => this.#end(fault),
    }
  }

  /** Drops the connection with all that is owed on it. */
  destroy(): void {
    this.#isOpen = false
    this.#line.destroy()
  }

  #end(fault: Error | undefined): void {
    if (!this.#isOpen) return
    this.destroy()
    this.#host.ended(fault, this.#isSilent)
  }

  /** Takes requests while there is room for them, and sends what is ready. */
  #work(): void {
    this.#isWorking = true
    try {
      let isRead = false
      do {
        isRead = this.#takeAll()
        this.#send()
      } while (this.#isOpen && !isRead && this.#hasRoom())
    } catch (error) {
      if (error instanceof WireFault) this.#end(error)
      else this.#host.failed(error)
    } finally {
      this.#isWorking = false
    }
  }

  /** Whether every whole frame that has arrived was taken: not so when the room ran out. */
  #takeAll(): boolean {
    while (this.#isOpen && this.#hasRoom()) {
      const frame = this.#frames.next()
      if (frame === undefined) {
        const chunk = this.#arrived.shift()
        if (chunk === undefined) return true
        this.#line.taken(chunk.length)
        this.#frames.push(chunk)
      } else this.#take(frame)
    }
    return false
  }

  #hasRoom(): boolean {
    const { unansweredMax, unansweredBytesMax } = this.#host.limits
    return (
      !this.#line.isFull && this.#slots.length - this.#firstSlot < unansweredMax && this.#owedBytes < unansweredBytesMax
    )
  }

  #take(frame: Uint8Array): void {
    const asked = understood(frame)
    const method = methodOf(asked)
    const slot: Slot = { bytes: frame.length, answered: undefined }
    this.#slots.push(slot)
    this.#owedBytes += slot.bytes
    if (method === undefined) slot.answered = ownAnswer(asked)
    else if (comesInTurn(method)) this.#host.turns.run(() => this.#perform(asked, slot))
    else void this.#perform(asked, slot)
    this.#encode()
  }

  /** Asks the app, unless CometBFT is gone meanwhile; never throws or rejects. */
  #perform(asked: Asked, slot: Slot): void | Promise<void> {
    if (!this.#isOpen) return
    try {
      const answer = this.#host.ask(asked)
      if (!(answer instanceof Promise)) return this.#settle(slot, answer)
      return answer.then((late) => this.#settle(slot, late)).catch((cause: unknown) => this.#host.failed(cause))
    } catch (cause) {
      this.#host.failed(cause)
    }
  }

  #settle(slot: Slot, answered: Answered): void {
    slot.answered = answered
    // Verdicts come in batches, each of them many promises: their answers wait for one another and leave together.
    if (this.#isWorking || this.#isWorkDue) return
    this.#isWorkDue = true
    process.nextTick(() => {
      this.#isWorkDue = false
      if (this.#isOpen) this.#work()
    })
  }

  /** Encodes every answer whose predecessors have been encoded. */
  #encode(): void {
    let slot = this.#slots[this.#firstSlot]
    while (slot?.answered !== undefined) {
      Response.encode({ value: slot.answered }, this.#writer.fork()).join()
      this.#owedBytes -= slot.bytes
      this.#firstSlot += 1
      slot = this.#slots[this.#firstSlot]
    }
    if (this.#firstSlot === this.#slots.length) this.#slots.length = 0
    else if (this.#firstSlot > this.#host.limits.unansweredMax) this.#slots.splice(0, this.#firstSlot)
    else return
    this.#firstSlot = 0
  }

  #send(): void {
    if (!this.#isOpen) return
    this.#encode()
    const bytes = this.#writer.finish()
    if (bytes.length === 0) return
    if (bytes.length > KEPT_BUFFER_BYTES_MAX) this.#writer = new BinaryWriter()
    this.#line.write(bytes)
  }
}

function understood(frame: Uint8Array): Asked {
  let request: Request
  try {
    request = Request.decode(frame)
  } catch (error) {
    throw new WireFault('a frame that is no request', { cause: error })
  }
  if (request.value === undefined) throw new WireFault('a request of an unknown kind')
  return request.value
}

function ownAnswer(asked: Asked): Answered {
  if (asked.$case === 'echo') return { $case: 'echo', value: { message: asked.value.message } }
  return { $case: 'flush', value: {} }
}
