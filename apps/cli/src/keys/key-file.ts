import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import {
  type KeyFile,
  type PublicPart,
  type SealedSecret,
  keyFileBinding,
  keyFileSchema,
  readKeyFile,
} from '@dujiang/client'
import { type Scheme, type Signer, fromHex, keyId, toHex } from '@dujiang/core/crypto'
import { generateSecret, nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import { Failure } from '../failure.ts'
import { unreadable } from '../input.ts'

/** Makes a key and writes its file, readable by its owner alone; never over another file. */
export function makeKeyFile(path: string, org: string, scheme: Scheme, passphrase: string | undefined): PublicPart {
  const secret = generateSecret(scheme)
  const { publicKey } = signerFromSecret(scheme, secret)
  const open = { org, key: keyId(nodeCrypto.sha256, scheme, publicKey), scheme, publicKey: toHex(publicKey) }
  const kept = passphrase === undefined ? { secret: toHex(secret) } : { sealed: seal(secret, passphrase, open) }
  const file: KeyFile = { ...open, kind: 'dujiang-key', v: 1, ...kept }
  const problem = keyFileSchema.explain(file)
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
  try {
    return readKeyFile(readFileSync(path, 'utf8'))
  } catch (cause) {
    return unreadable(path)(cause)
  }
}

const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 }

function seal(secret: Uint8Array, passphrase: string, open: PublicPart): SealedSecret {
  const [salt, iv] = [randomBytes(16), randomBytes(12)]
  const cipher = createCipheriv('aes-256-gcm', scryptSync(passphrase, salt, 32, SCRYPT), iv).setAAD(
    keyFileBinding(open),
  )
  const text = Buffer.concat([cipher.update(secret), cipher.final()])
  const hex = { iv: toHex(iv), salt: toHex(salt), tag: toHex(cipher.getAuthTag()), text: toHex(text) }
  return { kdf: 'scrypt-17-8-1', ...hex }
}

function unseal({ iv, salt, tag, text }: SealedSecret, passphrase: string, open: PublicPart): Uint8Array | undefined {
  const key = scryptSync(passphrase, fromHex(salt), 32, SCRYPT)
  const decipher = createDecipheriv('aes-256-gcm', key, fromHex(iv))
    .setAAD(keyFileBinding(open))
    .setAuthTag(fromHex(tag))
  try {
    return Uint8Array.from(Buffer.concat([decipher.update(fromHex(text)), decipher.final()]))
  } catch {
    return undefined
  }
}
