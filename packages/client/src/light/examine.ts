import {
  type CommitCrypto,
  compareTimes,
  headerHash,
  type LightBlock,
  type LightLimits,
  lightAttack,
} from '@dujiang/chain'
import { equalBytes } from '@dujiang/core/crypto'
import { Diverged, faultText } from './errors.ts'
import type { LightProvider } from './provider.ts'
import { isWay, walk } from './walk.ts'

/** What both sides of an examination need. */
export interface Examination {
  readonly crypto: CommitCrypto
  readonly limits: LightLimits
  /** Who gave `way`, and the way that has been verified. Its first header is believed. */
  readonly primary: string
  readonly way: readonly LightBlock[]
}

/**
 * A witness has given another header than the way ends in, or a lower one that is no earlier. Follows the way with what the
 * witness has, until both have proved different headers: that is reported. A string is why the witness cannot prove its own.
 */
export async function examine(
  { crypto, limits, primary, way }: Examination,
  witness: LightProvider,
  challenge: LightBlock,
): Promise<Diverged | string> {
  let common = way[0] as LightBlock
  for (const [place, ours] of way.entries()) {
    if (place === 0) continue
    const beyond = ours.header.height > challenge.header.height
    const theirs = beyond || ours.header.height === challenge.header.height ? challenge : await exactly(witness, ours)
    // A witness need not keep every height: then the next one decides, from the same common header.
    if (theirs === undefined) continue
    if (beyond && compareTimes(theirs.header.time, ours.header.time) < 0) return 'its chain ends below'
    const walked = await walk(crypto, witness, common, theirs, limits)
    if (!isWay(walked)) return faultText(walked)
    if (beyond || !sameHeader(crypto, ours, theirs)) {
      const attacks = [
        lightAttack(crypto.sha256, ours, theirs, common),
        lightAttack(crypto.sha256, theirs, ours, common),
      ] as const
      const since = common.header.height
      const oursSince = way.slice(0, place + 1).filter(({ header }) => header.height >= since)
      return new Diverged([primary, witness.name], [oursSince, walked], attacks)
    }
    common = ours
  }
  return 'it gave another header before'
}

async function exactly(witness: LightProvider, { header }: LightBlock): Promise<LightBlock | undefined> {
  const block = await witness.lightBlock(header.height)
  return block?.header.height === header.height ? block : undefined
}

export function sameHeader({ sha256 }: CommitCrypto, left: LightBlock, right: LightBlock): boolean {
  return equalBytes(headerHash(sha256, left.header), headerHash(sha256, right.header))
}
