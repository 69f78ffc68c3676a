import { NO_TIME, type Timestamp } from './types.ts'

// 10000-01-01T00:00:00Z: the engine encodes no later instant.
const secondsEnd = 253_402_300_800

/** Is this an instant the engine can encode: the years 1 to 9999, nanoseconds below a second? */
export function isTime(time: Timestamp): boolean {
  return (
    Number.isSafeInteger(time.seconds) &&
    time.seconds >= NO_TIME.seconds &&
    time.seconds < secondsEnd &&
    Number.isSafeInteger(time.nanos) &&
    time.nanos >= 0 &&
    time.nanos < 1_000_000_000
  )
}

/** Negative when `left` is earlier, 0 when equal, positive when later. */
export function compareTimes(left: Timestamp, right: Timestamp): number {
  return left.seconds - right.seconds || left.nanos - right.nanos
}

/** The instant `ms` milliseconds (0 or more) after `time`. `afterMs({ seconds: 1, nanos: 0 }, 2_500) // 3.5 s` */
export function afterMs(time: Timestamp, ms: number): Timestamp {
  const nanos = time.nanos + (ms % 1000) * 1_000_000
  return {
    seconds: time.seconds + Math.floor(ms / 1000) + Math.floor(nanos / 1_000_000_000),
    nanos: nanos % 1_000_000_000,
  }
}

/** The ledger's time (UTC milliseconds since 1970) as the engine writes it. `timeFromMs(1_500) // 1 s, 500 000 000 ns` */
export function timeFromMs(ms: number): Timestamp {
  const seconds = Math.floor(ms / 1000)
  return { seconds, nanos: (ms - seconds * 1000) * 1_000_000 }
}

/** The ledger's time of a header's: rounded down to a millisecond. */
export function msFromTime(time: Timestamp): number {
  return time.seconds * 1000 + Math.floor(time.nanos / 1_000_000)
}
