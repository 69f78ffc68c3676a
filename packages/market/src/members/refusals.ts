import { refusals } from '../kernel/index.ts'

export const memberRefusals = refusals({
  orgExists: { code: 1001, zh: '市场成员{org}已存在', en: 'Organisation {org} exists already', retry: false },
  orgUnknown: { code: 1002, zh: '市场成员{org}未注册', en: 'Organisation {org} is not registered', retry: true },
  mayNotAdmit: { code: 1003, zh: '{org}无权接纳角色{role}', en: '{org} may not admit the role {role}', retry: false },
  keyExists: { code: 1004, zh: '{org}的密钥{key}已登记', en: 'Key {key} of {org} is on record already', retry: false },
  keyUnusable: { code: 1005, zh: '公钥不可用：{reason}', en: 'The public key cannot be used: {reason}', retry: false },
  keyUnknown: { code: 1006, zh: '{org}没有密钥{key}', en: '{org} has no key {key}', retry: true },
  keyEnded: { code: 1007, zh: '密钥{key}已于{untilMs}失效', en: 'Key {key} ended at {untilMs}', retry: false },
  validityEmpty: {
    code: 1008,
    zh: '有效期起{fromMs}不早于止{untilMs}',
    en: 'Validity from {fromMs} is not before its end {untilMs}',
    retry: false,
  },
  lastKey: {
    code: 1009,
    zh: '不得撤销{org}最后一把有效密钥；请先登记新密钥',
    en: 'The last live key of {org} may not be revoked; add another first',
    retry: true,
  },
  plantExists: { code: 1010, zh: '电厂{plant}已登记', en: 'Plant {plant} is registered already', retry: false },
  plantUnknown: { code: 1011, zh: '电厂{plant}未登记', en: 'Plant {plant} is not registered', retry: true },
  plantNotYours: {
    code: 1012,
    zh: '电厂{plant}不属于{org}',
    en: 'Plant {plant} does not belong to {org}',
    retry: false,
  },
  unitExists: { code: 1013, zh: '交易单元{unit}已登记', en: 'Trading unit {unit} is registered already', retry: false },
  keyNotLiveYet: {
    code: 1015,
    zh: '新密钥有效期{fromMs}~{untilMs}须包含当前区块时间{timeMs}',
    en: 'The next key is valid from {fromMs} to {untilMs}; it must be at this block’s time {timeMs}',
    retry: true,
  },
  plantNeeded: {
    code: 1016,
    zh: '{org}是发电企业，可售出的交易单元{unit}须对应电厂',
    en: '{org} is a generation company: unit {unit}, which may sell, must name its plant',
    retry: false,
  },
  hasLiveKey: {
    code: 1017,
    zh: '{org}尚有有效密钥{key}，其密钥由本单位登记；他方仅可在其无有效密钥时补登',
    en: '{org} has the live key {key} and adds keys itself; others may only once it has none',
    retry: true,
  },
  recoveryTooSoon: {
    code: 1018,
    zh: '为{org}补登的密钥自{fromMs}起有效，最早可自{earliestMs}起',
    en: 'A key that recovers {org} is to begin at {fromMs}; it may from {earliestMs} on',
    retry: false,
  },
  notOwnKeys: {
    code: 1014,
    zh: '{signer}只能管理本单位或其接纳成员的密钥，不能管理{org}的',
    en: '{signer} may manage its own keys and those of members it may admit, not those of {org}',
    retry: false,
  },
})
