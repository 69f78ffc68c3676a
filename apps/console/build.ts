/** `node build.ts [--serve]`: builds the console into dist, or serves it from its sources before a node that runs. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { type InlineConfig, build, createServer } from 'vite'

const root = import.meta.dirname
const NODE = process.env['DUJIANG_NODE'] ?? 'http://127.0.0.1:26680'
/** What the node answers itself; everything else is the console's. */
const DOORS = ['/v1', '/health', '/openapi.json', '/docs', '/demo']

const shared: InlineConfig = {
  root,
  configFile: false,
  logLevel: 'warn',
  plugins: [react()],
  build: {
    outDir: join(root, 'dist'),
    emptyOutDir: true,
    target: 'es2023',
    // Files of their own: a strict policy takes no data URL.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_500,
    rolldownOptions: {
      input: { index: join(root, 'index.html') },
      output: {
        codeSplitting: {
          groups: [{ name: 'react', test: /node_modules\/(react|react-dom|react-router|scheduler)\// }],
        },
      },
    },
  },
}

if (process.argv.includes('--serve')) {
  const server = await createServer({
    ...shared,
    logLevel: 'info',
    server: { host: '127.0.0.1', proxy: Object.fromEntries(DOORS.map((door) => [door, NODE])) },
  })
  await server.listen()
  server.printUrls()
} else {
  await build(shared)
  packTexts(join(root, 'dist'))
}

/** A packed copy beside every text, so that the node that serves it packs nothing. The page itself is made anew for each visit. */
function packTexts(dir: string): void {
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(js|css|svg)$/.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }))
  }
}
