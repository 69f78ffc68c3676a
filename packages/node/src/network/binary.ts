import { findGoProgram, type GoProgram, installCommand, installGoProgram, moduleVersion } from './go-program.ts'

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
 * The cometbft to run, installed with Go when it is not found; `onInstall` is told before that begins, for it takes
 * minutes. Rejects with {@link CometbftMissing}. Rules BIN-1 to BIN-3.
 */
export async function findCometbft(
  env: NodeJS.ProcessEnv = process.env,
  onInstall: (program: GoProgram) => void = () => {},
): Promise<Cometbft> {
  const found = await lookForCometbft(env)
  if (!(found instanceof CometbftMissing)) return found
  // Of those that were named, none can be made.
  if (env['DUJIANG_COMETBFT'] !== undefined) throw found
  const version = wantedVersion(env)
  const program = cometbftOf(version)
  onInstall(program)
  const path = await installGoProgram(program, env).catch((cause: Error) => {
    throw new CometbftMissing(cause.message, { cause })
  })
  return { path, version }
}

/**
 * The cometbft that is here: `DUJIANG_COMETBFT` if set, else the first of the wanted version in our own cache, on the path or
 * where Go installs. `DUJIANG_COMETBFT_VERSION` selects another of {@link COMETBFT_VERSIONS}. Nothing is installed. Rule
 * BIN-2.
 */
export async function lookForCometbft(env: NodeJS.ProcessEnv = process.env): Promise<Cometbft | CometbftMissing> {
  const version = wantedVersion(env)
  const program = cometbftOf(version)
  const named = env['DUJIANG_COMETBFT']
  if (named !== undefined) {
    const found = await moduleVersion(program, named)
    if (found === version) return { path: named, version }
    return new CometbftMissing(`DUJIANG_COMETBFT 不是 is not cometbft ${version}: ${named} (${found ?? 'no cometbft'})`)
  }
  const path = await findGoProgram(program, env)
  if (path !== undefined) return { path, version }
  return new CometbftMissing(`没有 there is no cometbft ${version}: ${installCommand(program)}`)
}

/** The version of the cometbft at this path; undefined when it does not say. Rule BIN-1. */
export const versionOf = (path: string): Promise<string | undefined> => moduleVersion(COMETBFT, path)

const COMETBFT = { name: 'cometbft', module: 'github.com/cometbft/cometbft', folder: 'cmd/cometbft' }

const cometbftOf = (version: CometbftVersion): GoProgram => ({ ...COMETBFT, version })

function wantedVersion(env: NodeJS.ProcessEnv): CometbftVersion {
  const wanted = env['DUJIANG_COMETBFT_VERSION'] ?? COMETBFT_VERSIONS[0]
  const known = COMETBFT_VERSIONS.find((version) => version === wanted)
  if (known !== undefined) return known
  throw new CometbftMissing(`不支持 not supported: cometbft ${wanted}; ${COMETBFT_VERSIONS.join(', ')}`)
}
