/** `node build.ts`: builds the console into dist; `--if-stale` only where a source is newer; `--serve` serves the sources. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { InlineConfig } from 'vite'
import { writeOffline } from './build-offline.ts'
import { putInPlace } from './build-place.ts'

const root = import.meta.dirname
const dist = join(root, 'dist')
const repository = join(root, '../..')
const NODE = process.env['DUJIANG_NODE'] ?? 'http://127.0.0.1:26680'
/** What the node answers itself; everything else is the console's. */
const DOORS = ['/v1', '/health', '/openapi.json', '/docs', '/demo']
const SOURCES = [
  'apps/console/src',
  'apps/console/public',
  'apps/console/index.html',
  'apps/console/verify.html',
  'apps/console/build.ts',
  'apps/console/build-offline.ts',
  'apps/console/build-place.ts',
  ...['core', 'crypto', 'chain', 'market', 'client'].map((name) => `packages/${name}/src`),
  'package-lock.json',
]

const isIfStale = process.argv.includes('--if-stale')

if (process.argv.includes('--serve')) await serve()
else if (!isIfStale || isStale()) await buildAnew()

async function serve(): Promise<void> {
  const { createServer } = await import('vite')
  const proxy = Object.fromEntries(DOORS.map((door) => [door, NODE]))
  const server = await createServer({ ...(await shared()), logLevel: 'info', server: { host: '127.0.0.1', proxy } })
  await server.listen()
  server.printUrls()
}

/** Beside the one that is served meanwhile, and put into its place as a whole: several may build at the same time. */
async function buildAnew(): Promise<void> {
  const { build } = await import('vite')
  const begun = new Date()
  const made = mkdtempSync(join(root, 'dist-'))
  try {
    const config = await shared()
    await build({ ...config, build: { ...config.build, outDir: made } })
    await writeOffline(root, made)
    packTexts(made)
    // What is changed while it is built is newer than it.
    utimesSync(join(made, 'index.html'), begun, begun)
    // Somebody may have been faster, and pages of that one are being looked at.
    if (!isIfStale || isStale()) putInPlace(made, dist)
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
}

async function shared(): Promise<InlineConfig> {
  const { default: react } = await import('@vitejs/plugin-react')
  return {
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: {
      emptyOutDir: true,
      target: 'es2023',
      // Files of their own: a strict policy takes no data URL.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // The charts, which are loaded with the first one.
      chunkSizeWarningLimit: 1_000,
      rolldownOptions: {
        input: { index: join(root, 'index.html'), verify: join(root, 'verify.html') },
        output: {
          codeSplitting: {
            groups: [{ name: 'react', test: /node_modules\/(react|react-dom|react-router|scheduler)\// }],
          },
        },
      },
    },
  }
}

/** Packed copies beside every text, so that the node that serves it packs nothing. The page itself is made anew for each visit. */
function packTexts(dir: string): void {
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(js|css|svg)$/.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    const text = readFileSync(path)
    writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }))
    // The last two steps of quality take eighteen times as long, for a twelfth less of the charts.
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: text.length }
    writeFileSync(`${path}.br`, brotliCompressSync(text, { params }))
  }
}

function isStale(): boolean {
  const builtMs = statSync(join(dist, 'index.html'), { throwIfNoEntry: false })?.mtimeMs
  if (builtMs === undefined) return true
  return SOURCES.some((source) => changedMs(join(repository, source)) > builtMs)
}

/** When the newest file at or below a path was changed. */
function changedMs(path: string): number {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => changedMs(join(path, name))))
}
