import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { access, constants, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const MODULE = 'github.com/cometbft/cometbft'

/** The line a network runs, and the line before it, which the suite is also run against. Never v1: its wire differs. */
export const COMETBFT_VERSIONS = ['v0.40.0', 'v0.38.25'] as const
export type CometbftVersion = (typeof COMETBFT_VERSIONS)[number]

export interface Cometbft {
  readonly path: string
  readonly version: CometbftVersion
}

/** There is no cometbft of the wanted version here and it cannot be made; the message says what to do. */
export class CometbftMissing extends Error {
  override name = 'CometbftMissing'
}

/**
 * The cometbft to run: `DUJIANG_COMETBFT` if set, else the first of the wanted version in our own cache, on the path or
 * where Go installs; else it is installed into the cache with Go. `DUJIANG_COMETBFT_VERSION` selects another of
 * {@link COMETBFT_VERSIONS}. Rules BIN-1 to BIN-3.
 */
export async function findCometbft(env: NodeJS.ProcessEnv = process.env): Promise<Cometbft> {
  const version = wantedVersion(env)
  const named = env['DUJIANG_COMETBFT']
  if (named !== undefined) {
    const found = await moduleVersion(named)
    if (found === version) return { path: named, version }
    throw new CometbftMissing(`DUJIANG_COMETBFT 不是 is not cometbft ${version}: ${named} (${found ?? 'no cometbft'})`)
  }
  const cache = cacheFolder(env, version)
  for (const folder of [cache, ...searchedFolders(env)]) {
    const path = join(folder, 'cometbft')
    if ((await moduleVersion(path)) === version) return { path, version }
  }
  return { path: await install(env, version, cache), version }
}

function wantedVersion(env: NodeJS.ProcessEnv): CometbftVersion {
  const wanted = env['DUJIANG_COMETBFT_VERSION'] ?? COMETBFT_VERSIONS[0]
  const known = COMETBFT_VERSIONS.find((version) => version === wanted)
  if (known !== undefined) return known
  throw new CometbftMissing(`不支持 not supported: cometbft ${wanted}; ${COMETBFT_VERSIONS.join(', ')}`)
}

function searchedFolders(env: NodeJS.ProcessEnv): readonly string[] {
  const goPaths = env['GOPATH']?.split(delimiter) ?? [join(env['HOME'] ?? homedir(), 'go')]
  const bins = [env['GOBIN'] ?? '', ...goPaths.map((folder) => join(folder, 'bin'))]
  return [...(env['PATH']?.split(delimiter) ?? []), ...bins].filter((folder) => folder !== '')
}

function cacheFolder(env: NodeJS.ProcessEnv, version: CometbftVersion): string {
  const caches = env['XDG_CACHE_HOME'] ?? join(env['HOME'] ?? homedir(), '.cache')
  return join(caches, 'dujiang', `cometbft-${version}`)
}

/**
 * The version of cometbft's module in an executable, from the text that Go puts into every one; undefined when it is no
 * cometbft. What the program prints will not do: v0.40.0 says 0.39.0.
 */
export async function moduleVersion(path: string): Promise<string | undefined> {
  try {
    await access(path, constants.X_OK)
    const bytes = await readFile(path)
    const mark = `path\t${MODULE}/cmd/cometbft\nmod\t${MODULE}\t`
    const at = bytes.indexOf(mark)
    if (at < 0) return undefined
    return /^[^\t\n]*/.exec(bytes.toString('latin1', at + mark.length, at + mark.length + 100))![0]
  } catch {
    return undefined
  }
}

async function install(env: NodeJS.ProcessEnv, version: CometbftVersion, cache: string): Promise<string> {
  const command = `go install ${MODULE}/cmd/cometbft@${version}`
  // Into a folder of its own first: two may install at once, and a half-written program must not be found.
  const making = `${cache}.${randomUUID()}`
  try {
    await mkdir(making, { recursive: true })
    const options = { env: { ...env, GOBIN: making }, timeout: 600_000 }
    await promisify(execFile)('go', command.split(' ').slice(1), options)
    await mkdir(cache, { recursive: true })
    await rename(join(making, 'cometbft'), join(cache, 'cometbft'))
    return join(cache, 'cometbft')
  } catch (cause) {
    throw new CometbftMissing(
      `找不到 cometbft ${version}，也无法用 Go 安装。There is no cometbft ${version} here, and Go could not install it. ` +
        `请安装 Go 1.25 以上，再运行 Install Go 1.25 or newer and run: ${command}\n${(cause as Error).message}`,
      { cause },
    )
  } finally {
    await rm(making, { recursive: true, force: true })
  }
}
