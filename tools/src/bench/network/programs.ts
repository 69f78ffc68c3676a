import { findCometbft } from '@dujiang/node/network'
import { findAbciCli } from '@dujiang/testing/abci'

/** Paths of what is measured beside our own code. */
export interface Programs {
  readonly cometbft: string
  readonly abciCli: string
  /** For the head of the table. */
  readonly version: string
}

/** Finds them, or installs them with Go; rejects with what to do where neither is possible. */
export async function findPrograms(): Promise<Programs> {
  const { path, version } = await findCometbft()
  return { cometbft: path, abciCli: await findAbciCli(), version }
}
