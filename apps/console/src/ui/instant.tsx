import { formatInstant } from '@dujiang/core/time'

interface Shown {
  /** UTC milliseconds. */
  readonly atMs: number
  readonly seconds?: boolean
}

/** An instant in Beijing time, to the minute unless told. */
export function Instant({ atMs, seconds = false }: Shown) {
  const text = formatInstant(atMs)
  return <time dateTime={new Date(atMs).toISOString()}>{text.slice(0, seconds ? 19 : 16)}</time>
}
