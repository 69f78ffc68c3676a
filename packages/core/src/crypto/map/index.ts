export { AuthMap, type MapChange } from './authMap.ts'
export { type MapHead, type MapProof, verifyMapProof } from './proof.ts'
