import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, realpathSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, resolve } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'

const door = resolve(import.meta.dirname, '../src/index.ts')
const workspace = resolve(import.meta.dirname, '../../..')
const importPattern =
  /(?:^|\n)\s*(?:import|export)\s[^'";]*?from\s+'([^']+)'|(?:^|\n)\s*import\s+'([^']+)'|import\('([^']+)'\)/g

/** Every file of the workspace that the door leads to, and what they import from outside it. */
function reached(file: string, files = new Set<string>(), outside = new Set<string>()) {
  if (files.has(file)) return { files, outside }
  files.add(file)
  for (const [, from, bare, late] of readFileSync(file, 'utf8').matchAll(importPattern)) {
    const specifier = (from ?? bare ?? late) as string
    if (specifier.startsWith('.')) reached(resolve(dirname(file), specifier), files, outside)
    else if (specifier.startsWith('@dujiang/')) {
      const inside = realpathSync(fileURLToPath(import.meta.resolve(specifier)))
      assert.ok(inside.startsWith(workspace))
      reached(inside, files, outside)
    } else outside.add(specifier)
  }
  return { files, outside }
}

describe('the client in a browser', () => {
  it('reaches no module of Node and names none of its globals, light client and omission included', () => {
    const { files, outside } = reached(door)
    assert.ok([...files].some((file) => file.endsWith('light/light-client.ts')))
    assert.ok([...files].some((file) => file.endsWith('comet/bisection.ts')))
    for (const specifier of outside) {
      assert.ok(!specifier.startsWith('node:') && !builtinModules.includes(specifier), specifier)
    }
    for (const file of files) {
      const code = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
      assert.doesNotMatch(code, /\b(?:process|Buffer|__dirname|require|setImmediate)\b[.(]/, file)
    }
  })

  it('runs without them: its door opens where they are not', () => {
    const script = `
      for (const name of ['process', 'Buffer', 'setImmediate', 'clearImmediate']) delete globalThis[name]
      const client = await import(${JSON.stringify(door)})
      if (typeof client.LightClient !== 'function') throw new Error('no light client')
    `
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'pipe' })
  })
})
