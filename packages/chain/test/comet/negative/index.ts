import './headers.ts'
import './commits.ts'
import './sets.ts'
import { type Vector, vectors } from './asking.ts'

export type { Rules } from './asking.ts'

/** Every byte class of a header, a commit and a set, and every bound: rules COMET-2 to COMET-12. */
export const NEGATIVE_VECTORS: readonly Vector[] = vectors
