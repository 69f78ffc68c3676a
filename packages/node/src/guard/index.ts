export { SignedBeyond, SignedHeight } from './signed-height.ts'
