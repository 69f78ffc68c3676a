export { merkleRoot } from '../../../core/src/crypto/log/index.ts'
