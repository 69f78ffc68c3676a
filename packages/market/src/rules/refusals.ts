import { refusals } from '../kernel/index.ts'

export const ruleRefusals = refusals({
  ruleFromPast: {
    code: 1101,
    zh: '生效时间{fromMs}须晚于当前区块时间{timeMs}',
    en: 'A change takes effect after this block’s time {timeMs}, not at {fromMs}',
    retry: false,
  },
  ruleLimitsCrossed: {
    code: 1102,
    zh: '价格下限{floor}高于上限{cap}',
    en: 'The price floor {floor} is above the cap {cap}',
    retry: false,
  },
  ruleInstantTaken: {
    code: 1103,
    zh: '{fromMs}起已有规则{name}',
    en: 'Rule-set {name} takes effect at {fromMs} already',
    retry: false,
  },
  proposalUnknown: {
    code: 1104,
    zh: '没有待批准的规则变更{proposal}；未在生效时间前批准的已失效',
    en: 'There is no proposal {proposal}; one not approved before its instant has lapsed',
    retry: true,
  },
  ownProposal: {
    code: 1105,
    zh: '规则变更须由另一单位批准，{org}是提出方',
    en: 'A change is approved by another organisation; {org} proposed it',
    retry: false,
  },
  ruleKeyTooNew: {
    code: 1107,
    zh: '密钥{key}于{sinceMs}登记，不早于变更提出时间{proposedMs}，不得用于批准该变更',
    en: 'Key {key} came on record at {sinceMs}, not before the change was proposed at {proposedMs}; it may not approve it',
    retry: false,
  },
  ruleStandstillShort: {
    code: 1108,
    zh: '顺延闭市的停顿时长{gateStandstillMs}须为0或不少于{leastMs}',
    en: 'A standstill of {gateStandstillMs} is too short to move a gate: 0 for never, or at least {leastMs}',
    retry: false,
  },
})
