export { type Agreement, agreementOf } from './agreement.ts'
export { type Card, readCard, writeCard } from './card.ts'
export {
  authoritiesOf,
  type Consortium,
  fileHash,
  type FoundedFiles,
  type Founding,
  FoundingRefused,
  foundConsortium,
  peersOf,
  readConsortium,
  writeConsortium,
} from './consortium.ts'
export { followTls } from './follow-tls.ts'
export { type GroupMember, type GroupOptions, PairGroup } from './group.ts'
export {
  type Door,
  homeCard,
  layOutMember,
  letClientsIn,
  type MemberHomePlan,
  nameNodes,
  readDoor,
  readTls,
  TLS_FILES,
} from './member-home.ts'
export { CARD_NAME, makeMemberKeys, memberCard, memberSecrets, memberSigners, type Stated } from './member-keys.ts'
export { reportFork } from './report-fork.ts'
export { NotRestarted, restartPair } from './restart-pair.ts'
export { serveHome } from './serve-home.ts'
