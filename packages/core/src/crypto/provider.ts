/** A hash function: any bytes in, 32 bytes out. */
export type Hash = (bytes: Uint8Array) => Uint8Array

/** SM2 (GB/T 32918) for organisations and people, Ed25519 (RFC 8032) for devices and services. */
export type Scheme = 'sm2' | 'ed25519'

/**
 * All the cryptography the pure ring needs, handed in by the edge: node:crypto in a node, noble in a browser. Both obey
 * the written rules of SPEC.md beside this file and give the same verdict on every input.
 */
export interface CryptoProvider {
  readonly name: string
  readonly sha256: Hash
  readonly sm3: Hash
  /**
   * Is `signature` a valid signature of `message`? Rules SIG-1 to SIG-6; never throws.
   * `publicKey`: SM2 65 bytes 04‖x‖y, Ed25519 32 bytes. `signature`: 64 bytes, r‖s or R‖S.
   */
  verify(scheme: Scheme, publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean
  /** ZIP-215 Ed25519, the rule CometBFT applies to the votes of a commit. */
  verifyCommit(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean
}

/** A private key ready to sign; its bytes stay with whoever made it. */
export interface Signer {
  readonly scheme: Scheme
  readonly publicKey: Uint8Array
  sign(message: Uint8Array): Uint8Array
}
