export { inlineVerifier } from './inline.ts'
export { VerifyPool } from './pool.ts'
export type { SignatureCheck, Verifier } from './verifier.ts'
