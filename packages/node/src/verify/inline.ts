import type { CryptoProvider } from '@dujiang/core/crypto'
import type { Verifier } from './verifier.ts'

/** Judges at once, in the thread that asks: for tests, and for simulators that choose the order of everything. */
export function inlineVerifier(crypto: CryptoProvider): Verifier {
  return {
    check({ scheme, publicKey, message, signature }, done) {
      done(crypto.verify(scheme, publicKey, message, signature))
      return () => undefined
    },
    close: () => Promise.resolve(),
  }
}
