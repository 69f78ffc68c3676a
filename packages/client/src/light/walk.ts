import { Bisection, type BisectionFault, type CommitCrypto, type LightBlock, type LightLimits } from '@dujiang/chain'
import type { LightProvider } from './provider.ts'

/** Walks from a believed header to a target, fetching what lies between from one source. Gives the way, or why there is none. */
export async function walk(
  crypto: CommitCrypto,
  source: LightProvider,
  trusted: LightBlock,
  target: LightBlock,
  limits: LightLimits,
): Promise<readonly LightBlock[] | BisectionFault> {
  const bisection = new Bisection(crypto, trusted, target, limits)
  for (;;) {
    const step = bisection.step()
    if (step.kind === 'believed') return step.trace
    if (step.kind === 'refused') return step
    bisection.give(await source.lightBlock(step.height))
  }
}

export const isWay = (walked: readonly LightBlock[] | BisectionFault): walked is readonly LightBlock[] =>
  Array.isArray(walked)
