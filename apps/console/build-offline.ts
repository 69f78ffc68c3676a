import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InlineConfig } from 'vite'

/**
 * Writes the page that verifies as one HTML file, for a machine without a network. Its policy lets it run its own script and
 * nothing else: it could not send anything anywhere if it wanted to.
 */
export async function writeOffline(root: string, dir: string): Promise<void> {
  const { build } = await import('vite')
  const made = mkdtempSync(join(tmpdir(), 'dujiang-offline-'))
  try {
    await build(configOf(root, made))
    const named = readdirSync(made)
    const textOf = (ending: string): string => {
      const name = named.find((each) => each.endsWith(ending))
      if (name === undefined) throw new Error(`the build of the offline page has made no ${ending}`)
      return readFileSync(join(made, name), 'utf8').trim()
    }
    const page = readFileSync(join(root, 'verify.html'), 'utf8')
    writeFileSync(join(dir, 'verify-offline.html'), inOneFile(page, textOf('.js'), textOf('.css')))
  } finally {
    rmSync(made, { recursive: true })
  }
}

function configOf(root: string, outDir: string): InlineConfig {
  return {
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      modulePreload: false,
      rolldownOptions: {
        input: join(root, 'src/verify/main.ts'),
        output: { codeSplitting: false, entryFileNames: 'verify.js', assetFileNames: 'verify[extname]' },
      },
    },
  }
}

/** @param page verify.html, of which what leads to other files is taken out */
function inOneFile(page: string, code: string, styles: string): string {
  // The only text that would end the element early.
  const script = code.replaceAll('</script', String.raw`<\/script`)
  const policy = [
    "default-src 'none'",
    `script-src '${digestOf(script)}'`,
    `style-src '${digestOf(styles)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const head = `<meta http-equiv="Content-Security-Policy" content="${policy}" />\n    <style>${styles}</style>`
  return page
    .replace('<html ', '<html data-offline="true" ')
    .replace(/<link rel="icon"[^>]*>/, () => head)
    .replace(/<script type="module"[^>]*><\/script>/, () => `<script type="module">${script}</script>`)
}

const digestOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`
