import { concatBytes } from '../bytes.ts'

/** What is hashed to a map's root: 0x02 ‖ count as eight bytes, most significant first ‖ the top node. Rule TREE-11. */
export function rootInput(count: number, top: Uint8Array): Uint8Array {
  const countBytes = new Uint8Array(8)
  let rest = count
  for (let i = 7; i >= 0; i--) {
    countBytes[i] = rest % 256
    rest = Math.floor(rest / 256)
  }
  return concatBytes(Uint8Array.of(0x02), countBytes, top)
}
