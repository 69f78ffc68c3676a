import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, it } from 'node:test'

const allowed = ['@dujiang/core/crypto', '@noble/curves/', '@noble/hashes/']

describe('the noble provider', () => {
  it('runs in a browser: nothing it reaches imports Node', () => {
    const reached = new Set<string>()
    const visit = (file: string) => {
      if (reached.has(file)) return
      reached.add(file)
      for (const [, from] of readFileSync(file, 'utf8').matchAll(/^(?:import|export)[^'"]*from '([^']+)'/gm)) {
        if (from!.startsWith('.')) visit(join(dirname(file), from!))
        else
          assert.ok(
            allowed.some((start) => from!.startsWith(start)),
            `${file} imports ${from}`,
          )
      }
    }
    visit(join(import.meta.dirname, '../src/noble/index.ts'))
    visit(join(import.meta.dirname, '../src/selftest.ts'))
    assert.ok(reached.size >= 9, [...reached].join('\n'))
  })
})
