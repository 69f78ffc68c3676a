import type { GoProgram } from '@dujiang/node/network'

/** Folders of the tests that start the engine, or CometBFT's own client. */
const NETWORK = /^(?:packages\/node|apps\/\w+|testing)\/test\/network\//
const ABCI = /^testing\/test\/abci\//

/** Does this test start programs of CometBFT? `file` is its path from the repository's root. */
export const startsEngine = (file: string): boolean => NETWORK.test(file) || ABCI.test(file)

/**
 * Makes sure, before any test runs, of the programs of CometBFT that these test files start: a test looks for them and
 * installs none, since an installation takes longer than a test may. Where there are none and none can be made, those
 * tests are skipped, each with its reason.
 */
export async function provideEngine(files: readonly string[], say: (line: string) => void): Promise<void> {
  if (!files.some(startsEngine)) return
  const { findCometbft } = await import('@dujiang/node/network')
  const { findAbciCli } = await import('@dujiang/testing/abci')
  const tell = ({ name, version }: GoProgram): void =>
    say(`installing ${name} ${version} with Go, once: this takes minutes`)
  try {
    await findCometbft(process.env, tell)
    if (files.some((file) => ABCI.test(file))) await findAbciCli(tell)
  } catch (cause) {
    say(`tests that start the engine are skipped: ${(cause as Error).message}`)
  }
}
