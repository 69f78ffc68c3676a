import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const MODULE = 'github.com/cometbft/cometbft'
const VERSION = 'v0.40.0'

/** A program that a test needs, or why there is none here: a test that cannot run says so. */
export type Found = { readonly path: string } | { readonly missing: string }

/** CometBFT's own ABCI client and example server: on the path, where Go installs, or installed there by Go. */
export async function findAbciCli(): Promise<Found> {
  const present = await firstOf(searchedFolders())
  if (present !== undefined) return { path: present }
  const command = `go install ${MODULE}/abci/cmd/abci-cli@${VERSION}`
  try {
    await promisify(execFile)('go', command.split(' ').slice(1), { timeout: 600_000 })
  } catch (error) {
    return { missing: `no abci-cli ${VERSION} here, and not to be had by \`${command}\`: ${(error as Error).message}` }
  }
  const installed = await firstOf(searchedFolders())
  return installed === undefined ? { missing: `\`${command}\` put it nowhere we look` } : { path: installed }
}

function searchedFolders(): readonly string[] {
  const { PATH = '', GOBIN = '', GOPATH = join(homedir(), 'go') } = process.env
  const goPaths = GOPATH.split(delimiter).map((folder) => join(folder, 'bin'))
  return [...PATH.split(delimiter), GOBIN, ...goPaths].filter((folder) => folder !== '')
}

async function firstOf(folders: readonly string[]): Promise<string | undefined> {
  // Go writes the module and its version into every program; what this one prints is the version of ABCI.
  const mark = `path\t${MODULE}/abci/cmd/abci-cli\nmod\t${MODULE}\t${VERSION}`
  for (const folder of folders) {
    const path = join(folder, 'abci-cli')
    const bytes = await readFile(path).catch(() => undefined)
    if (bytes?.includes(mark) === true) return path
  }
  return undefined
}
