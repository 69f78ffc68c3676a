import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { access, constants, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { type DiskLock, realDisk } from '../seams/index.ts'

/** A program written in Go that runs beside our code: which package of which module, and of which version. */
export interface GoProgram {
  readonly name: string
  readonly module: string
  /** Folder of the package within the module. */
  readonly folder: string
  readonly version: string
}

/** Where Go puts itself when nobody says otherwise, which not every PATH names. */
const GO_FOLDER = '/usr/local/go/bin'
const INSTALL_MS_MAX = 900_000

/** The command that installs it by hand. */
export const installCommand = ({ module, folder, version }: GoProgram): string =>
  `go install ${module}/${folder}@${version}`

/** Where it is: in our own cache, on the path, or where Go installs. Rule BIN-2. */
export async function findGoProgram(program: GoProgram, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const folder of [cacheFolder(program, env), ...searchedFolders(env)]) {
    const path = join(folder, program.name)
    if ((await moduleVersion(program, path)) === program.version) return path
  }
  return undefined
}

/**
 * Installs it into our cache with Go and resolves with its path; one process at a time, so that those who wait find what
 * the first has made. Rejects, saying in both languages what to do, when it cannot be made. Rule BIN-3.
 */
export async function installGoProgram(program: GoProgram, env: NodeJS.ProcessEnv): Promise<string> {
  const cache = cacheFolder(program, env)
  await mkdir(cache, { recursive: true })
  const lock = await waitForLock(join(cache, 'installing.lock'))
  try {
    return (await findGoProgram(program, env)) ?? (await install(program, env, cache))
  } catch (cause) {
    const { name, version } = program
    throw new Error(
      `找不到 ${name} ${version}，也无法用 Go 安装。There is no ${name} ${version} here, and Go could not install it. ` +
        `请安装 Go 1.25 以上，再运行 Install Go 1.25 or newer and run: ${installCommand(program)}\n${(cause as Error).message}`,
      { cause },
    )
  } finally {
    await lock.release()
  }
}

/**
 * The version of the module in an executable, from the text that Go puts into every one; undefined when it is not this
 * program. What a program prints will not do: cometbft v0.40.0 says 0.39.0.
 */
export async function moduleVersion(
  { module, folder }: Pick<GoProgram, 'module' | 'folder'>,
  path: string,
): Promise<string | undefined> {
  try {
    await access(path, constants.X_OK)
    const bytes = await readFile(path)
    const mark = `path\t${module}/${folder}\nmod\t${module}\t`
    const at = bytes.indexOf(mark)
    if (at < 0) return undefined
    return /^[^\t\n]*/.exec(bytes.toString('latin1', at + mark.length, at + mark.length + 100))![0]
  } catch {
    return undefined
  }
}

function searchedFolders(env: NodeJS.ProcessEnv): readonly string[] {
  const goPaths = env['GOPATH']?.split(delimiter) ?? [join(env['HOME'] ?? homedir(), 'go')]
  const bins = [env['GOBIN'] ?? '', ...goPaths.map((folder) => join(folder, 'bin'))]
  return [...(env['PATH']?.split(delimiter) ?? []), ...bins].filter((folder) => folder !== '')
}

function cacheFolder({ name, version }: GoProgram, env: NodeJS.ProcessEnv): string {
  const caches = env['XDG_CACHE_HOME'] ?? join(env['HOME'] ?? homedir(), '.cache')
  return join(caches, 'dujiang', `${name}-${version}`)
}

async function waitForLock(path: string): Promise<DiskLock> {
  for (;;) {
    try {
      return await realDisk.lock(path)
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ELOCKED') throw cause
      await delay(500)
    }
  }
}

async function install(program: GoProgram, env: NodeJS.ProcessEnv, cache: string): Promise<string> {
  // Into a folder of its own first: a half-written program must not be found.
  const making = join(cache, randomUUID())
  try {
    await mkdir(making)
    const path = `${env['PATH'] ?? ''}${delimiter}${GO_FOLDER}`
    const options = { env: { ...env, PATH: path, GOBIN: making }, timeout: INSTALL_MS_MAX }
    await promisify(execFile)('go', installCommand(program).split(' ').slice(1), options)
    await rename(join(making, program.name), join(cache, program.name))
    return join(cache, program.name)
  } finally {
    await rm(making, { recursive: true, force: true })
  }
}
