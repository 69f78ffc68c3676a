import { s } from '@dujiang/core/codec'
import type { Of } from '@dujiang/core/codec'

/** A key as acts and the genesis file carry it. */
export const keyFields = s.object({
  scheme: s.enumOf(['sm2', 'ed25519'], { zh: '签名算法', en: 'Signature scheme' }),
  publicKey: s.text(130, { zh: '公钥（十六进制；SM2 为 04‖x‖y）', en: 'Public key, hexadecimal; SM2 is 04‖x‖y' }),
  person: s.id({ zh: '签名人', en: 'Who signs with it' }),
  fromMs: s.int(0, Number.MAX_SAFE_INTEGER, { zh: '有效期起', en: 'Valid from', unit: 'ms' }),
  untilMs: s.int(0, Number.MAX_SAFE_INTEGER, { zh: '有效期止（不含）', en: 'Valid until, not included', unit: 'ms' }),
})
export type KeyFields = Of<typeof keyFields>
