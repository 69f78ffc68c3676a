import { type Body, type Genesis, type GenesisValidator, signBody, writeGenesis } from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'
import { type Scheme, type Signer, keyId, toHex } from '@dujiang/core/crypto'
import { nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import { TRIVIAL, type TrivialSection } from './app.ts'

/** An organisation with one key. */
export interface Actor {
  readonly org: string
  readonly signer: Signer
  readonly keyId: string
}

/** The time of a trivial genesis: 2026-01-01T00:00:00Z, at the start of a minute. */
export const TRIVIAL_TIME_MS = 1_767_225_600_000
export const TRIVIAL_DOMAIN = 'public'

/** A signer that is the same in every run: its secret is the SHA-256 of `name`. */
export function signerOf(name: string, scheme: Scheme = 'ed25519'): Signer {
  return signerFromSecret(scheme, nodeCrypto.sha256(new TextEncoder().encode(name)))
}

/** The actor of this name, the same in every run. */
export function actorOf(org: string, scheme: Scheme = 'ed25519'): Actor {
  const signer = signerOf(`actor ${org}`, scheme)
  return { org, signer, keyId: keyId(nodeCrypto.sha256, scheme, signer.publicKey) }
}

/** The row of a genesis section that lets an actor sign, by default for ever. */
export function keyRowOf({ org, signer, keyId: id }: Actor, fromMs = 0, untilMs = Number.MAX_SAFE_INTEGER) {
  const { scheme, publicKey } = signer
  return { org, id, scheme, publicKey: toHex(publicKey), person: `${org}-clerk`, fromMs, untilMs }
}

/** The one validator of a trivial chain. */
export const trivialValidator: Signer = signerOf('validator')

export interface TrivialGenesisOptions {
  readonly actsPerMinuteMax?: number
  readonly keys?: TrivialSection['keys']
  readonly validators?: readonly GenesisValidator[]
  readonly timeMs?: number
  readonly name?: string
}

/** A genesis file for these actors. */
export function trivialGenesis(actors: readonly Actor[], options: TrivialGenesisOptions = {}): Uint8Array {
  const section: TrivialSection = {
    actsPerMinuteMax: options.actsPerMinuteMax ?? 1_000_000,
    keys: options.keys ?? actors.map((actor) => keyRowOf(actor)),
  }
  const validator = {
    name: 'only',
    controller: 'only',
    org: 'ENGINE',
    key: toHex(trivialValidator.publicKey),
    power: 10,
  }
  const genesis: Genesis = {
    app: { name: TRIVIAL, state: section as unknown as Json, version: 1 },
    domain: TRIVIAL_DOMAIN,
    name: options.name ?? 'trivial',
    time: options.timeMs ?? TRIVIAL_TIME_MS,
    v: 1,
    validators: options.validators ?? [validator],
  }
  return writeGenesis(genesis)
}

export type ActFields = Pick<Body, 'act' | 'chain' | 'sequence' | 'expires' | 'payload'> & Partial<Body>

/** The body of an act of `actor`. */
export function bodyOf(actor: Actor, fields: ActFields): Body {
  return { domain: TRIVIAL_DOMAIN, key: actor.keyId, org: actor.org, ref: '', v: 1, ...fields }
}

/** A signed act of `actor`: the transaction's bytes. */
export function actOf(actor: Actor, fields: ActFields): Uint8Array {
  return signBody(actor.signer, bodyOf(actor, fields))
}
