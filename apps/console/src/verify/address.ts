/** What the address after `/verify` asks for: it is all in the fragment, which is sent to nobody. */
export interface Address {
  readonly asked?: Asked
  /** The chain as it stands on the paper or the page the address was taken from. */
  readonly chain?: string
}

/** Of this node. */
export type Asked = { readonly kind: 'receipt'; readonly id: string } | { readonly kind: 'row'; readonly key: string }

const HASH = /^[0-9a-f]{64}$/
/** Such as auction/session/SC-2026-12-1. */
const KEY = /^[A-Za-z][A-Za-z0-9]*\/[A-Za-z][A-Za-z0-9]*\/[^?#]{1,900}$/

/** @example readAddress('#id=80c6…&chain=6f0a…') // what is misspelt is left out */
export function readAddress(fragment: string): Address {
  const given = new URLSearchParams(fragment.replace(/^#/, ''))
  const [id, key, chain] = ['id', 'row', 'chain'].map((name) => given.get(name) ?? '') as [string, string, string]
  const asked: Asked | undefined = HASH.test(id)
    ? { kind: 'receipt', id }
    : KEY.test(key)
      ? { kind: 'row', key }
      : undefined
  return { ...(asked === undefined ? {} : { asked }), ...(HASH.test(chain) ? { chain } : {}) }
}

export function toAddress({ asked, chain }: Address): string {
  const fields = new URLSearchParams()
  if (asked?.kind === 'receipt') fields.set('id', asked.id)
  if (asked?.kind === 'row') fields.set('row', asked.key)
  if (chain !== undefined) fields.set('chain', chain)
  return `#${fields.toString()}`
}
