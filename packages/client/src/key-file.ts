import { compile, s } from '@dujiang/core/codec'
import { type Hash, type Scheme, type Signer, keyId, parseHex, toHex } from '@dujiang/core/crypto'

/** What a key file says to everyone who may read it. */
export interface PublicPart {
  readonly org: string
  readonly key: string
  readonly scheme: Scheme
  readonly publicKey: string
}

/** A secret under a passphrase: AES-256-GCM with the key that scrypt (N 2^17, r 8, p 1) makes of it. */
export interface SealedSecret {
  readonly iv: string
  readonly kdf: 'scrypt-17-8-1'
  readonly salt: string
  readonly tag: string
  readonly text: string
}

/** A private key as a file, the same for the command line and the console: in the open or sealed. */
export interface KeyFile extends PublicPart {
  readonly kind: 'dujiang-key'
  readonly v: 1
  /** In the open, for machines whose folder is protected otherwise. */
  readonly secret?: string
  readonly sealed?: SealedSecret
}

const sealedShape = s.object({
  iv: s.hex(12),
  kdf: s.literal('scrypt-17-8-1'),
  salt: s.hex(16),
  tag: s.hex(16),
  text: s.hex(32),
})

export const keyFileSchema = compile(
  s.object({
    key: s.hex(16),
    kind: s.literal('dujiang-key'),
    org: s.id(),
    publicKey: s.text(130),
    scheme: s.enumOf(['sm2', 'ed25519']),
    secret: s.optional(s.hex(32)),
    sealed: s.optional(sealedShape),
    v: s.literal(1),
  }),
)

/** The key file in a text, or undefined when it is none. */
export function readKeyFile(text: string): KeyFile | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!keyFileSchema.check(value)) return undefined
  const file = value as KeyFile
  const whole = (file.secret === undefined) !== (file.sealed === undefined) && parseHex(file.publicKey) !== undefined
  return whole ? file : undefined
}

/** The file of a key whose secret, in hexadecimal, stands in the open. */
export function plainKeyFile(
  sha256: Hash,
  org: string,
  { scheme, publicKey }: Pick<Signer, 'scheme' | 'publicKey'>,
  secret: string,
): KeyFile {
  const key = keyId(sha256, scheme, publicKey)
  return { key, kind: 'dujiang-key', org, publicKey: toHex(publicKey), scheme, secret, v: 1 }
}

/** Authenticated with the sealed secret: another organisation's name on the file opens nothing. */
export function keyFileBinding({ org, key, scheme, publicKey }: PublicPart): Uint8Array {
  return new TextEncoder().encode(`dujiang-key/1\n${org}\n${key}\n${scheme}\n${publicKey}`)
}
