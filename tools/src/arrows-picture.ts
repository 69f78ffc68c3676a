/** `npm run arrows`: draw the table of allowed imports into docs/internals/README.md. */
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parts } from './arrows.ts'

const page = resolve(import.meta.dirname, '../../docs/internals/README.md')
const marks = { start: '<!-- arrows: drawn by `npm run arrows` -->', end: '<!-- /arrows -->' }

/** Arrows point from the importer to the imported; the pure ring stands together. */
export function drawArrows(): string {
  const names = Object.keys(parts)
  const pure = names.filter((name) => parts[name]?.pureThirdParty !== undefined)
  const lines = ['```mermaid', 'flowchart BT', '  subgraph pure ["pure ring: no Node, no browser"]']
  for (const name of pure) lines.push(`    ${name}`)
  lines.push('  end')
  for (const name of names) {
    for (const target of nearest(parts[name]?.mayImport ?? [])) lines.push(`  ${name} --> ${target}`)
  }
  lines.push('```')
  return lines.join('\n')
}

/** Drop targets reached through another target anyway, or the apps would hide the house behind their arrows. */
function nearest(targets: readonly string[]): readonly string[] {
  return targets.filter((target) => !targets.some((other) => parts[other]?.mayImport.includes(target)))
}

function pageWithPicture(): { readonly now: string; readonly drawn: string } {
  const now = readFileSync(page, 'utf8')
  const start = now.indexOf(marks.start)
  const end = now.indexOf(marks.end)
  if (start < 0 || end < start) throw new Error(`docs/internals/README.md lost its marks ${marks.start} … ${marks.end}`)
  return { now, drawn: `${now.slice(0, start)}${marks.start}\n${drawArrows()}\n${now.slice(end)}` }
}

/** Problems of the picture: none, or that it is not the one the table gives. */
export function checkPicture(): readonly string[] {
  const { now, drawn } = pageWithPicture()
  return now === drawn ? [] : ['docs/internals/README.md: the picture of the arrows is old: run `npm run arrows`']
}

if (import.meta.main) writeFileSync(page, pageWithPicture().drawn)
