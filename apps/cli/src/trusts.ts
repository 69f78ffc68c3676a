import type { TrustedKey } from '@dujiang/chain'
import { say } from './language.ts'

/** Whom one must trust to believe an answer, for people. */
export function trustLines(trusts: readonly TrustedKey[]): string[] {
  const title = say(
    '此结论信任以下密钥（超过三分之二的票权如串通，可另签一段历史）：',
    'this answer trusts these keys (two thirds of their power together could sign another history):',
  )
  return [
    title,
    ...trusts.map(({ org, name, key, power }) => `  ${org} ${name} ${key} ${say('票权', 'power')} ${power}`),
  ]
}
