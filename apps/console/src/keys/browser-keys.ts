import { type KeyFile, type PublicPart, identityOf } from '@dujiang/client'
import { type Scheme, toHex } from '@dujiang/core/crypto'
import { generateSecret, nobleCrypto, signerFromSecret } from '@dujiang/crypto/noble'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { dropDrafts } from '../kept/drafts.ts'
import { signIn } from './identity.ts'
import { openKeyFile, writeKeyFile } from './key-file.ts'
import { type KeptKey, forgetKey, keepKey, keptKeys, wrappingKey } from './key-store.ts'
import { seal, unseal } from './seal.ts'

const QUERY = ['browser-keys'] as const

/** The keys this browser keeps, and what can be done with them. What needs a passphrase answers false to a wrong one. */
export function useBrowserKeys() {
  const cache = useQueryClient()
  const { data: keys = [] } = useQuery({ queryKey: QUERY, queryFn: keptKeys })
  const changed = () => cache.invalidateQueries({ queryKey: QUERY })
  return {
    keys,

    async create(org: string, scheme: Scheme, passphrase: string): Promise<KeptKey> {
      const secret = generateSecret(scheme)
      const kept = await keep(partOf(org, scheme, secret), secret, passphrase)
      await changed()
      return kept
    },

    /** Keeps the key of a file under the file's passphrase, or under a new one where the file has none. */
    async importFile(file: KeyFile, passphrase: string): Promise<boolean> {
      const secret = await openKeyFile(file, passphrase)
      if (secret === undefined) return false
      const open = partOf(file.org, file.scheme, secret)
      if (open.key !== file.key || open.publicKey !== file.publicKey) return false
      await keep(open, secret, passphrase)
      await changed()
      return true
    },

    async unlock(key: KeptKey, passphrase: string): Promise<boolean> {
      const secret = await secretOf(key, passphrase)
      if (secret !== undefined) signIn(key, secret, false)
      return secret !== undefined
    },

    /** The key file's text; undefined for a wrong passphrase. */
    async exportFile(key: KeptKey, passphrase: string): Promise<string | undefined> {
      const secret = await secretOf(key, passphrase)
      return secret === undefined ? undefined : writeKeyFile(publicPartOf(key), secret, passphrase)
    },

    async forget(key: KeptKey): Promise<void> {
      await forgetKey(key.key)
      await dropDrafts(Date.now(), key.key)
      await changed()
    },
  }
}

function partOf(org: string, scheme: Scheme, secret: Uint8Array): PublicPart {
  const signer = signerFromSecret(scheme, secret)
  const { key } = identityOf(nobleCrypto.sha256, org, signer)
  return { org, key, scheme, publicKey: toHex(signer.publicKey) }
}

async function keep(open: PublicPart, secret: Uint8Array, passphrase: string): Promise<KeptKey> {
  const kept = { ...open, sealed: await seal(secret, passphrase, await wrappingKey(), open), keptMs: Date.now() }
  await keepKey(kept)
  return kept
}

const secretOf = async (key: KeptKey, passphrase: string): Promise<Uint8Array | undefined> =>
  unseal(key.sealed, passphrase, await wrappingKey(), publicPartOf(key))

const publicPartOf = ({ org, key, scheme, publicKey }: KeptKey): PublicPart => ({ org, key, scheme, publicKey })
