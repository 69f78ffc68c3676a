import { createHash } from 'node:crypto'

export const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest())

/** A map's content, key hash to value hash, both in hexadecimal. */
export type Content = ReadonlyMap<string, string>

/** The root by its definition: everything recomputed from the content, nothing shared, nothing clever. */
export function modelRoot(content: Content): string {
  const count = content.size.toString(16).padStart(16, '0')
  return hashHex(`02${count}${modelTop([...content.keys()], content, 0)}`)
}

function modelTop(keys: readonly string[], content: Content, depth: number): string {
  if (keys.length === 0) return '00'.repeat(32)
  if (keys.length === 1) return hashHex(`00${keys[0]}${content.get(keys[0] as string)}`)
  const left = keys.filter((key) => !bitIsSet(key, depth))
  const right = keys.filter((key) => bitIsSet(key, depth))
  return hashHex(`01${modelTop(left, content, depth + 1)}${modelTop(right, content, depth + 1)}`)
}

function bitIsSet(key: string, depth: number): boolean {
  const digit = Number.parseInt(key[Math.floor(depth / 4)] as string, 16)
  return Math.floor(digit / 2 ** (3 - (depth % 4))) % 2 === 1
}

function hashHex(hex: string): string {
  return Buffer.from(sha256(Buffer.from(hex, 'hex'))).toString('hex')
}
