import { refusals } from '../kernel/index.ts'

export const networkRefusals = refusals({
  runsNoValidator: {
    code: 1401,
    zh: '{org}没有运行验证节点，无权决定验证节点变更',
    en: '{org} runs no validator and has no say in who does',
    retry: true,
  },
  validatorExists: { code: 1402, zh: '验证节点{key}已存在', en: 'There is a validator {key} already', retry: true },
  validatorUnknown: { code: 1403, zh: '没有验证节点{key}', en: 'There is no validator {key}', retry: true },
  validatorKeyUnusable: {
    code: 1404,
    zh: '验证节点公钥不可用：{reason}',
    en: 'The validator’s public key cannot be used: {reason}',
    retry: false,
  },
  validatorOrgUnknown: {
    code: 1405,
    zh: '运行验证节点的{org}未注册',
    en: 'Organisation {org}, which is to run the validator, is not registered',
    retry: true,
  },
  validatorsMany: {
    code: 1406,
    zh: '验证节点最多{validatorsMax}个',
    en: 'There are at most {validatorsMax} validators',
    retry: true,
  },
  controllerTooStrong: {
    code: 1407,
    zh: '实际控制人{controller}将持有{power}/{total}的权重，须低于三分之一',
    en: 'Controller {controller} would hold {power} of {total}; it must stay below one third',
    retry: true,
  },
  lastValidator: {
    code: 1408,
    zh: '验证节点{key}是最后一个，不得移除',
    en: 'Validator {key} is the last one and stays',
    retry: true,
  },
  proposalsMany: {
    code: 1409,
    zh: '{org}最多有{proposalsMax}项待决提案',
    en: '{org} may have at most {proposalsMax} open proposals',
    retry: true,
  },
  validatorProposalUnknown: {
    code: 1410,
    zh: '没有待决的验证节点变更{proposal}；已决定或逾期的不再待决',
    en: 'There is no proposal {proposal} about the validators; one that is decided or has lapsed is none',
    retry: true,
  },
  approvalKeyTooNew: {
    code: 1411,
    zh: '密钥{key}于{sinceMs}登记，不早于提案时间{proposedMs}，不得用于同意该变更',
    en: 'Key {key} came on record at {sinceMs}, not before the proposal at {proposedMs}; it may not approve it',
    retry: false,
  },
  alreadyApproved: {
    code: 1412,
    zh: '{org}已同意变更{proposal}',
    en: '{org} has approved {proposal} already',
    retry: true,
  },
  notApproved: {
    code: 1413,
    zh: '{org}没有同意过变更{proposal}',
    en: '{org} has not approved {proposal}',
    retry: true,
  },
  powerOdd: {
    code: 1414,
    zh: '验证节点{key}的权重为{power}；有多个验证节点时权重须为偶数，否则一家偏慢的时钟可能成为账本时间',
    en: 'Validator {key} has power {power}; among several each must be even, or one slow clock could become the ledger’s',
    retry: true,
  },
})
