import type { EvidenceKind } from './recognise.ts'

/** What a text may be the beginning of, by the fields that are left of it; undefined where they are nobody's. */
export function tornKind(fields: ReadonlySet<string>): EvidenceKind | 'genesis' | 'checkpoint' | undefined {
  const has = (...names: readonly string[]): boolean => names.some((name) => fields.has(name))
  if (has('absence', 'intake', 'since')) return 'promise'
  if (has('events', 'receipt', 'receipts')) return 'receipt'
  if (has('sides')) return 'divergence'
  // A receipt has its events before its header, a row has none.
  if (has('header')) return 'state'
  if (has('act', 'commit')) return 'receipt'
  if (has('app', 'domain', 'validators')) return 'genesis'
  return has('appHash', 'block') ? 'checkpoint' : undefined
}

/** The names of the outermost fields of a text that may be torn off anywhere. */
export function fieldsOfTorn(text: string): ReadonlySet<string> {
  const names = new Set<string>()
  let depth = 0
  let from = -1
  let last = ''
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (from >= 0) {
      if (character === '\\') at++
      if (character !== '"') continue
      last = text.slice(from, at)
      from = -1
    } else if (character === '"') from = at + 1
    else if (character === '{' || character === '[') depth++
    else if (character === '}' || character === ']') depth--
    else if (character === ':' && depth === 1) names.add(last)
  }
  return names
}
