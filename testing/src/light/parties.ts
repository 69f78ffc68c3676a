import { addressOf, type Validator } from '@dujiang/chain'
import type { Signer } from '@dujiang/core/crypto'
import { nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import type { Random } from '../sim/random.ts'

/** A validator that can sign. */
export interface Party {
  readonly signer: Signer
  readonly power: number
}

/** The party with the key of `number` (0 to 65 535). */
export function party(number: number, power: number): Party {
  const secret = new Uint8Array(32).fill(7)
  new DataView(secret.buffer).setUint16(0, number)
  return { signer: signerFromSecret('ed25519', secret), power }
}

export const validatorsOf = (parties: readonly Party[]): readonly Validator[] =>
  parties.map(({ signer, power }) => ({ publicKey: signer.publicKey, power }))

/** The parties in the order of their set: power descending, then address. */
export function inOrder(parties: readonly Party[]): readonly Party[] {
  const address = (one: Party): Buffer => Buffer.from(addressOf(nodeCrypto.sha256, one.signer.publicKey))
  return [...parties].sort((left, right) => right.power - left.power || Buffer.compare(address(left), address(right)))
}

/**
 * Validators over time: at about one height in `changeOneIn` a member leaves, one joins, or a power changes. From three to
 * seven members, powers from 1 to 10.
 */
export function changingParties(
  random: Random,
  { heights, changeOneIn }: { readonly heights: number; readonly changeOneIn: number },
): (height: number) => readonly Party[] {
  let nextNumber = 4
  let now = [0, 1, 2, 3].map((number) => party(number, random.between(1, 10)))
  const sets: (readonly Party[])[] = []
  for (let height = 1; height <= heights + 1; height++) {
    if (height > 1 && random.oneIn(changeOneIn)) {
      const place = random.below(now.length)
      const joins = (): Party => party(nextNumber++, random.between(1, 10))
      if (now.length > 3 && random.oneIn(3)) now = now.toSpliced(place, 1)
      else if (now.length < 7 && random.oneIn(2)) now = [...now, joins()]
      else if (random.oneIn(2)) now = now.with(place, joins())
      else now = now.with(place, { ...(now[place] as Party), power: random.between(1, 10) })
    }
    sets.push(now)
  }
  return (height) => sets[height - 1] as readonly Party[]
}
