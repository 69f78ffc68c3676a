import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { type Scheme, type Signer, fromHex, keyId, parseHex, toHex } from '@dujiang/core/crypto'
import { compile, s } from '@dujiang/core/codec'
import { generateSecret, nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import { Failure } from '../failure.ts'
import { unreadable } from '../input.ts'

const sealedShape = s.object({
  iv: s.hex(12),
  kdf: s.literal('scrypt-17-8-1'),
  salt: s.hex(16),
  tag: s.hex(16),
  text: s.hex(32),
})
const fileSchema = compile(
  s.object({
    key: s.hex(16),
    kind: s.literal('dujiang-key'),
    org: s.id(),
    publicKey: s.text(130),
    scheme: s.enumOf(['sm2', 'ed25519']),
    /** In the open, for machines whose folder is protected otherwise. */
    secret: s.optional(s.hex(32)),
    /** Under a passphrase: AES-256-GCM with a key that scrypt makes. */
    sealed: s.optional(sealedShape),
    v: s.literal(1),
  }),
)

/** What a key file says to everyone who may read it. */
export interface PublicPart {
  readonly org: string
  readonly key: string
  readonly scheme: Scheme
  readonly publicKey: string
}

interface Sealed {
  readonly iv: string
  readonly kdf: 'scrypt-17-8-1'
  readonly salt: string
  readonly tag: string
  readonly text: string
}

interface KeyFile extends PublicPart {
  readonly kind: 'dujiang-key'
  readonly v: 1
  readonly secret?: string
  readonly sealed?: Sealed
}

/** Makes a key and writes its file, readable by its owner alone; never over another file. */
export function makeKeyFile(path: string, org: string, scheme: Scheme, passphrase: string | undefined): PublicPart {
  const secret = generateSecret(scheme)
  const { publicKey } = signerFromSecret(scheme, secret)
  const open = { org, key: keyId(nodeCrypto.sha256, scheme, publicKey), scheme, publicKey: toHex(publicKey) }
  const kept = passphrase === undefined ? { secret: toHex(secret) } : { sealed: seal(secret, passphrase, open) }
  const file: KeyFile = { ...open, kind: 'dujiang-key', v: 1, ...kept }
  const problem = fileSchema.explain(file)
  if (problem !== undefined)
    throw new Failure(`${problem.path} 不合规则 ${problem.rule}`, `${problem.path}: ${problem.rule}`)
  try {
    writeFileSync(path, `${JSON.stringify(file, null, 1)}\n`, { mode: 0o600, flag: 'wx' })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
    throw new Failure(
      `${path} 已存在，密钥文件从不覆盖`,
      `${path} exists: a key file is never overwritten`,
      undefined,
      cause,
    )
  }
  return open
}

/** The public part of a key file; undefined when the file is not one. */
export function readPublicPart(path: string): PublicPart | undefined {
  const file = parse(path)
  return file && { org: file.org, key: file.key, scheme: file.scheme, publicKey: file.publicKey }
}

/** The signer in a key file. Asks for the passphrase only when the file has one. */
export async function openKeyFile(
  path: string,
  askPassphrase: (path: string) => Promise<string>,
): Promise<PublicPart & { readonly signer: Signer }> {
  const file = parse(path)
  if (file === undefined) throw new Failure(`${path} 不是密钥文件`, `${path} is not a key file`)
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
    throw new Failure(`${path} 他人可读：请先 chmod 600`, `${path} is open to others: chmod 600 it first`)
  }
  const { org, key, scheme, publicKey, secret, sealed } = file
  const open = { org, key, scheme, publicKey }
  const bytes = sealed === undefined ? fromHex(secret as string) : unseal(sealed, await askPassphrase(path), open)
  if (bytes === undefined)
    throw new Failure('口令不对，或密钥文件已损坏', 'the passphrase is wrong, or the key file is damaged')
  const signer = signerFromSecret(scheme, bytes)
  if (toHex(signer.publicKey) !== publicKey || keyId(nodeCrypto.sha256, scheme, signer.publicKey) !== key) {
    throw new Failure(`${path} 已损坏：公钥与私钥不符`, `${path} is damaged: its parts do not belong together`)
  }
  return { ...open, signer }
}

function parse(path: string): KeyFile | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    return unreadable(path)(cause)
  }
  try {
    const value: unknown = JSON.parse(text)
    if (!fileSchema.check(value)) return undefined
    const file = value as KeyFile
    const whole = (file.secret === undefined) !== (file.sealed === undefined) && parseHex(file.publicKey) !== undefined
    return whole ? file : undefined
  } catch {
    return undefined
  }
}

const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 }

// The public part is authenticated with the secret: another organisation's name on the file opens nothing.
const bound = ({ org, key, scheme, publicKey }: PublicPart): Buffer =>
  Buffer.from(`dujiang-key/1\n${org}\n${key}\n${scheme}\n${publicKey}`)

function seal(secret: Uint8Array, passphrase: string, open: PublicPart): Sealed {
  const [salt, iv] = [randomBytes(16), randomBytes(12)]
  const cipher = createCipheriv('aes-256-gcm', scryptSync(passphrase, salt, 32, SCRYPT), iv).setAAD(bound(open))
  const text = Buffer.concat([cipher.update(secret), cipher.final()])
  const hex = { iv: toHex(iv), salt: toHex(salt), tag: toHex(cipher.getAuthTag()), text: toHex(text) }
  return { kdf: 'scrypt-17-8-1', ...hex }
}

function unseal({ iv, salt, tag, text }: Sealed, passphrase: string, open: PublicPart): Uint8Array | undefined {
  const key = scryptSync(passphrase, fromHex(salt), 32, SCRYPT)
  const decipher = createDecipheriv('aes-256-gcm', key, fromHex(iv)).setAAD(bound(open)).setAuthTag(fromHex(tag))
  try {
    return Uint8Array.from(Buffer.concat([decipher.update(fromHex(text)), decipher.final()]))
  } catch {
    return undefined
  }
}
