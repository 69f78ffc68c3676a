import { Refused, Unreachable } from './errors.ts'
import { serverEvents } from './event-source.ts'
import type { Round } from './round.ts'
import { type Timing, type Transport, isElsewhere, isPassing } from './transport.ts'
import type { Listed } from './types.ts'

/** Which receipts one wants to be told of; each field narrows it. */
export interface Wish {
  readonly org?: string
  readonly act?: string
  readonly session?: string
}

/** Nothing for so long, not even a heartbeat: the connection is dead. */
const SILENCE_MS = 45_000

/** Where one begins. */
interface Start {
  readonly after: number
  /** A node has told that its log goes as far: others will. */
  readonly isTold: boolean
}

/**
 * Receipts after an index, each once and in order, for as long as one listens: it connects again wherever the last
 * connection broke off. Ends when the signal is aborted; throws what each node says that cannot go on from there.
 */
export async function* follow(
  transport: Transport,
  { after, isTold }: Start,
  wish: Wish = {},
  signal?: AbortSignal,
): AsyncGenerator<Listed> {
  let last = after
  const round = transport.round()
  /** Places of the nodes that cannot. */
  const unable = new Set<number>()
  const isNarrow = Object.keys(wish).length > 0
  for (let tries = 0; !isOver(signal); tries++) {
    if (tries > 0) {
      await transport.timing.sleep(Math.min(100 * 2 ** (tries - 1), 5_000), signal)
      if (isOver(signal)) return
      round.turn()
    }
    try {
      for await (const { index, listed } of connection(round, transport.timing, last, wish, signal)) {
        const isNext = isNarrow ? index > last : index === last + 1
        if (!isNext) throw new Unreachable(`receipt ${index} came after ${last}`, undefined)
        last = index
        tries = 0
        if (listed !== undefined) yield listed
      }
      unable.delete(round.at)
    } catch (error) {
      if (isOver(signal)) return
      const isLate = isBehind(error) && (isTold || last > after)
      if (isElsewhere(error) || (isBehind(error) && !isLate)) {
        unable.add(round.at)
        if (unable.size === transport.size) throw error
      } else if (isLate || isPassing(error)) unable.delete(round.at)
      else throw error
    }
  }
}

/** One is to go on from an index that this node has not reached. */
const isBehind = (error: unknown): boolean =>
  error instanceof Refused && error.refusal.name === 'badValue' && error.refusal.facts['rule'] === 'aboveMaximum'

const isOver = (signal: AbortSignal | undefined): boolean => signal?.aborted === true
const stepOf = (listed: Listed): Step => ({
  index: 'receipt' in listed ? listed.receipt.index : listed.index,
  listed,
})

/** How far the stream has come, with a receipt or past those that are not wished for. */
interface Step {
  readonly index: number
  readonly listed?: Listed
}

async function* connection(
  round: Round,
  timing: Timing,
  after: number,
  wish: Wish,
  signal?: AbortSignal,
): AsyncGenerator<Step> {
  const quiet = new AbortController()
  const either = signal === undefined ? quiet.signal : AbortSignal.any([signal, quiet.signal])
  let watch = new AbortController()
  const heard = (): void => {
    watch.abort()
    const mine = (watch = new AbortController())
    void timing.sleep(SILENCE_MS, mine.signal).then(() => mine.signal.aborted || quiet.abort())
  }
  heard()
  try {
    const headers = { accept: 'text/event-stream' }
    const response = await round.once({
      target: `/v1/stream?${new URLSearchParams({ after: String(after), ...wish }).toString()}`,
      headers,
      signal: either,
      endless: true,
    })
    if (response.body === null) throw new Unreachable('a stream without a body', undefined)
    for await (const event of serverEvents(response.body)) {
      heard()
      if (event.name === 'receipt') yield stepOf(JSON.parse(event.data) as Listed)
      else if (event.name === 'end') return
      else if (event.id !== undefined) yield { index: Number(event.id) }
    }
  } catch (error) {
    if (isPassing(error) || !(error instanceof Error) || error.name === 'Refused') throw error
    throw new Unreachable('the stream broke off', error)
  } finally {
    watch.abort()
    quiet.abort()
  }
}
