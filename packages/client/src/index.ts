export type { Wish } from './follow.ts'
export { Client, type ClientOptions, type Until } from './client.ts'
export * from './light/index.ts'
export { type RefusalBody, Refused, Unreachable } from './errors.ts'
export { type Identity, LIFETIME_MS, Sequences, type Wanted, buildBody, identityOf } from './identity.ts'
export {
  type KeyFile,
  type PublicPart,
  type SealedSecret,
  keyFileBinding,
  keyFileSchema,
  plainKeyFile,
  readKeyFile,
} from './key-file.ts'
export { collectOmission } from './collect-omission.ts'
export type { LogSpan } from './omission-log.ts'
export { type OmissionCase, type OmissionVerdict, intakeHolds, omission } from './omission.ts'
export {
  type JudgedOmission,
  type OmissionFile,
  judgeOmission,
  readIntake,
  readOmission,
  writeOmission,
} from './omission-file.ts'
export { type Fetch, type Timing, realTiming } from './transport.ts'
export {
  type Accepted,
  type ActPayloads,
  type Answers,
  type CatalogueAct,
  type Committed,
  type Intake,
  type KnownNode,
  type Listed,
  type Row,
  type Sentence,
  type Status,
  type Tried,
  type Withheld,
  isWithheld,
} from './types.ts'
