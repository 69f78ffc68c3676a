import { CometbftMissing, lookForCometbft } from '@dujiang/node/network'

/** The cometbft of this machine, or why there is none: for `skip` of the tests that need it. */
export async function cometHere(): Promise<{ readonly cometbft: string; readonly skip: false | string }> {
  const found = await lookForCometbft()
  return found instanceof CometbftMissing
    ? { cometbft: '', skip: found.message }
    : { cometbft: found.path, skip: false }
}
