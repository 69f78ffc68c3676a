import { type Timing, deadlineOf } from '../transport.ts'
import type { LightProvider } from './provider.ts'

/** For how long one source is heard about one header: longer than an honest one needs, so that none leads us on for ever. */
const HEARD_MS = 60_000

/** Aborted when a source has been heard long enough, not counting what it may be behind. Rule LIGHT-9. */
export const hearingOf = (timing: Timing, lagMsMax = 0): AbortSignal => deadlineOf(timing, HEARD_MS + lagMsMax)

/** A source gave no answer, or did not lead to a header. `lied`: what it said cannot be so. */
export class SourceFailed extends Error {
  readonly lied: boolean

  constructor(message: string, lied: boolean, cause?: unknown) {
    super(message, { cause })
    this.lied = lied
  }
}

/** The source, as long as it is heard, with a failure of its own kind where it gives no answer. */
export function heard(source: LightProvider, end: AbortSignal): LightProvider {
  return {
    name: source.name,
    async lightBlock(height) {
      try {
        return await inTime(end, () => source.lightBlock(height, end))
      } catch (cause) {
        throw new SourceFailed(cause instanceof Error ? cause.message : String(cause), false, cause)
      }
    },
  }
}

/** A source may also take no notice of the signal. */
function inTime<T>(end: AbortSignal, ask: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new Error('it did not answer in time'))
    if (end.aborted) return late()
    end.addEventListener('abort', late)
    void ask()
      .then(resolve, reject)
      .finally(() => end.removeEventListener('abort', late))
  })
}
