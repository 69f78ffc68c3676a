export { inlineVerifier } from './inline.ts'
export { VerifyPool } from './pool.ts'
export type { Hasten, SignatureCheck, Verifier } from './verifier.ts'
