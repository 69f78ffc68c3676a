import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CometbftMissing } from '@dujiang/node/network'

const MODULE = 'github.com/cometbft/cometbft@v0.40.0'
const NOW = 'return Canonical(time.Now())'
const run = promisify(execFile)

/**
 * A cometbft whose clock is two minutes ahead, built from the module's source with another time source: a preloaded library
 * does not reach Go. Built once into the user's cache.
 */
export async function cometAhead(): Promise<string> {
  const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'dujiang')
  const built = join(folder, 'cometbft-v0.40.0-ahead')
  if (
    await stat(built).then(
      () => true,
      () => false,
    )
  )
    return built
  const source = `${built}.${process.pid}`
  try {
    await mkdir(folder, { recursive: true })
    const { stdout } = await run('go', ['mod', 'download', '-json', MODULE])
    await cp((JSON.parse(stdout) as { readonly Dir: string }).Dir, source, { recursive: true })
    const clock = join(source, 'types/time/time.go')
    const text = await readFile(clock, 'utf8')
    if (!text.includes(NOW)) throw new Error('the time source of cometbft is not where it was')
    await chmod(join(source, 'types/time'), 0o755)
    await chmod(clock, 0o644)
    await writeFile(clock, text.replace(NOW, 'return Canonical(time.Now().Add(2 * time.Minute))'))
    await run('go', ['build', '-o', `${source}.built`, './cmd/cometbft'], { cwd: source, timeout: 1_200_000 })
    await rename(`${source}.built`, built)
    return built
  } catch (cause) {
    throw new CometbftMissing(`a cometbft with another clock cannot be built: ${(cause as Error).message}`, { cause })
  } finally {
    await run('chmod', ['-R', 'u+w', source]).catch(() => undefined)
    await rm(source, { recursive: true, force: true })
  }
}
