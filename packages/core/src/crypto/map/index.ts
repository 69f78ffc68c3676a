export { AuthMap, type MapChange } from './auth-map.ts'
export { type MapHead, type MapProof, verifyMapProof } from './proof.ts'
