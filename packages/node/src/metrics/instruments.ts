import type { AbciApp } from '../engine/comet/abci/index.ts'
import type { Verifier } from '../verify/index.ts'

/** Who is told what is worth measuring inside a node. */
export interface Instruments {
  /** A call of the engine was answered. */
  called(method: keyof AbciApp, seconds: number): void
  /** One signature more, or one less, waits to be judged. */
  verifying(change: 1 | -1): void
}

/** `app`, with each call timed until its answer is there. One that throws is a defect, and not timed. */
export function timedApp(app: AbciApp, instruments: Instruments): AbciApp {
  return new Proxy(app, {
    get(target, name: keyof AbciApp) {
      const method = target[name] as (request: unknown) => unknown
      return (request: unknown) => {
        const startedMs = performance.now()
        const done = <T>(answer: T): T => {
          instruments.called(name, (performance.now() - startedMs) / 1_000)
          return answer
        }
        const answer = method.call(target, request)
        // An answer at hand stays one: a promise in its place would cost a turn of the event loop.
        return answer instanceof Promise ? answer.then(done) : done(answer)
      }
    },
  })
}

/** `verifier`, with what waits in it counted. */
export function countedVerifier(verifier: Verifier, instruments: Instruments): Verifier {
  return {
    check(check, done) {
      instruments.verifying(1)
      return verifier.check(check, (holds) => {
        instruments.verifying(-1)
        done(holds)
      })
    },
    close: () => verifier.close(),
  }
}
