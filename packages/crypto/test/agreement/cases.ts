import { type Family, Random, type SignatureCase } from './case.ts'
import { ed25519Families } from './ed25519-families.ts'
import { sm2Families } from './sm2-families.ts'

// A family of share 3 is dealt three cards of its scheme's hundred.
const deck = (families: readonly Family[]) =>
  families.flatMap((family) => Array.from({ length: family.share }, () => family))
const decks = { sm2: deck(sm2Families), ed25519: deck(ed25519Families) }

/** `count` cases, SM2 and Ed25519 in turn, each family as often as its share says. */
export function* signatureCases(seed: number, count: number): Generator<SignatureCase> {
  const random = new Random(seed)
  for (let i = 0; i < count; i++) {
    const scheme = i % 2 === 0 ? 'sm2' : 'ed25519'
    const card = i >> 1
    const family = decks[scheme][card % 100]!
    yield { family: family.name, scheme, ...family.make(random, card) }
  }
}

/** Every family by scheme and name. */
export const familyNames = [
  ...sm2Families.map(({ name }) => `sm2: ${name}`),
  ...ed25519Families.map(({ name }) => `ed25519: ${name}`),
]
