export { type UnencodableReason, Unencodable, encodeCanonical, encodeCanonicalBytes } from './encode.ts'
export {
  type Decoded,
  type DecodeLimits,
  type DecodeReason,
  type DecodeRefusal,
  actLimits,
  decodeCanonical,
} from './decode.ts'
export { type Json, depthMax } from './json.ts'
export * from './schema.ts'
export * from './compile.ts'
export type { Problem, Rule } from './problem.ts'
export { type FieldHelp, fieldsOf } from './fields.ts'
