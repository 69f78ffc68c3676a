import type { Scheme } from '@dujiang/core/crypto'
import { isSecret } from '../secret.ts'

/** 32 fresh bytes that are a secret of the scheme (rule KEY-4), from the platform's Web Crypto generator. */
export function randomSecret(scheme: Scheme): Uint8Array {
  for (;;) {
    const secret = globalThis.crypto.getRandomValues(new Uint8Array(32))
    if (isSecret(scheme, secret)) return secret
  }
}
