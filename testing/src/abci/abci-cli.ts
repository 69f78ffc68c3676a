import { findGoProgram, type GoProgram, installCommand, installGoProgram } from '@dujiang/node/network'

/** CometBFT's own ABCI client and example server. */
const ABCI_CLI: GoProgram = {
  name: 'abci-cli',
  module: 'github.com/cometbft/cometbft',
  folder: 'abci/cmd/abci-cli',
  version: 'v0.40.0',
}

/** A program that a test needs, or why there is none here: a test that cannot run says so. */
export type Found = { readonly path: string } | { readonly missing: string }

/** The abci-cli that is here; nothing is installed. */
export async function lookForAbciCli(): Promise<Found> {
  const path = await findGoProgram(ABCI_CLI, process.env)
  return path === undefined ? { missing: `there is no abci-cli: ${installCommand(ABCI_CLI)}` } : { path }
}

/** The path of abci-cli, installed with Go when it is not found; `onInstall` is told before that begins. */
export async function findAbciCli(onInstall: (program: GoProgram) => void = () => {}): Promise<string> {
  const found = await lookForAbciCli()
  if ('path' in found) return found.path
  onInstall(ABCI_CLI)
  return installGoProgram(ABCI_CLI, process.env)
}
