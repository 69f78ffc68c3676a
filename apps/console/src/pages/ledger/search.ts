/** Where a search leads, or what the list is to be narrowed to. */
export type Found =
  | { readonly to: string }
  | { readonly filter: { readonly name: 'id' | 'org' | 'session'; readonly value: string } }

/** Understands what somebody has typed: a height, an id, the beginning of one, an organisation of the ledger, or else a session. */
export function understood(typed: string, orgs: ReadonlySet<string>): Found | undefined {
  const text = typed.trim()
  if (text === '') return undefined
  if (/^\d{1,10}$/.test(text)) return { to: `/ledger/blocks/${Number(text)}` }
  if (/^[0-9a-fA-F]{64}$/.test(text)) return { to: `/ledger/receipts/${text.toLowerCase()}` }
  if (orgs.has(text)) return { filter: { name: 'org', value: text } }
  if (/^[0-9a-fA-F]{4,63}$/.test(text)) return { filter: { name: 'id', value: text.toLowerCase() } }
  return { filter: { name: 'session', value: text } }
}
