import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Json } from '@dujiang/core/codec'
import { chainFiles } from './spec/chain.ts'
import { envelopeVectors } from './spec/envelopes.ts'
import { actShapes, invariantLaws, permissionCells, refusalNumbers, resultCodes } from './spec/market.ts'
import { treeVectors } from './spec/trees.ts'
import { trustFiles } from './spec/trust.ts'

const folder = resolve(import.meta.dirname, '../../spec')

/** The generated files of spec/, by path inside it. */
function specFiles(): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array | Json>([
    ['result-codes.json', resultCodes()],
    ['refusals.json', refusalNumbers()],
    ['permissions.json', permissionCells()],
    ['acts.json', actShapes()],
    ['invariants.json', invariantLaws()],
    ['vectors/envelopes.json', envelopeVectors()],
    ['vectors/trees.json', treeVectors()],
    ...[...chainFiles()].map(([name, content]) => [`vectors/chain/${name}`, content] as const),
    ...[...trustFiles()].map(([name, content]) => [`vectors/trust/${name}`, content] as const),
  ])
  return new Map([...files].map(([path, content]) => [path, content instanceof Uint8Array ? content : pretty(content)]))
}

const pretty = (json: Json): Uint8Array => new TextEncoder().encode(`${JSON.stringify(json, undefined, 2)}\n`)

/** The files that are not what the code makes of them now. */
export function staleSpecFiles(): readonly string[] {
  return [...specFiles()]
    .filter(([path, bytes]) => {
      const file = join(folder, path)
      return !existsSync(file) || !readFileSync(file).equals(bytes)
    })
    .map(([path]) => path)
}

if (import.meta.main) {
  for (const [path, bytes] of specFiles()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
}
