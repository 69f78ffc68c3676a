import type { Founded } from '@dujiang/chain'

/** The genesis file that everything is held against, and how it came here. */
export interface Root {
  readonly founded: Founded
  readonly from: 'node' | 'file'
}

/** A fingerprint that came another way than the file. */
export interface Pin {
  readonly chain: string
  readonly by: 'link' | 'typed'
}

/** How well the beginning is known. `wrong`: the file is another chain's than the fingerprint. */
export type Known = 'node' | 'file' | 'link' | 'typed' | 'wrong'

/** A typed fingerprint says more than a link, a link more than the node's word. */
export function knownBy({ founded, from }: Root, pin: Pin | undefined): Known {
  if (pin !== undefined && pin.chain !== founded.chain) return 'wrong'
  if (pin?.by === 'typed' || from === 'node') return pin?.by ?? 'node'
  return 'file'
}
