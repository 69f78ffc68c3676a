import type { JsonFault, LightFault } from '@dujiang/chain'
import type { DecodeReason, Rule } from '@dujiang/core/codec'
import type { KeyFault } from '@dujiang/core/crypto'
import { formatInstant } from '@dujiang/core/time'
import type { Language } from '../preferences/store.ts'

/** What a light client alone says, which has a clock and goes on from a header that it believes already. */
type Elsewhere =
  | 'trustExpired'
  | 'heightNotNext'
  | 'timeInFuture'
  | 'nextValidatorsHashWrong'
  | 'trustedValidatorsWrong'

type Name =
  | DecodeReason
  | Rule['rule']
  | JsonFault['reason']
  | Exclude<LightFault['reason'], Elsewhere>
  | KeyFault
  | 'wrongShape'

/** What the verifiers have a permanent name for. English readers see the name alone. */
const names: { readonly [name in Name]: string } = {
  tooLarge: '文件过大',
  badUtf8: '不是 UTF-8 文本',
  malformed: '不是完整的 JSON',
  notCanonical: '不是唯一的规范写法',
  trailingBytes: '末尾有多余的字节',
  null: '不得用 null',
  notInteger: '不是整数',
  negativeZero: '不得写负零',
  unsafeInteger: '整数过大',
  duplicateKey: '字段重复',
  forbiddenKey: '字段名不允许',
  tooDeep: '嵌套过深',
  tooManyItems: '列表过长',
  tooManyKeys: '字段过多',
  missing: '缺少这一项',
  unknownField: '没有这一项',
  wrongType: '类型不符',
  belowMinimum: '低于下限',
  aboveMaximum: '高于上限',
  badPattern: '写法不符',
  tooFew: '项数过少',
  tooMany: '项数过多',
  notOneOf: '不在可取的值之内',
  outOfRange: '超出范围',
  badHex: '不是十六进制',
  wrongLength: '长度不符',
  inconsistent: '前后不一致',
  wrongShape: '格式不符',
  noValidators: '没有验证人',
  validatorInvalid: '有验证人不合规范',
  validatorTwice: '同一验证人出现两次',
  totalPowerTooHigh: '总票权过大',
  commitHeightWrong: '签名是对另一高度的',
  commitRoundInvalid: '轮次不合规范',
  commitBlockWrong: '签名是对另一区块的',
  commitCountWrong: '签名的个数与验证人不符',
  commitEntryInvalid: '有一项签名不合规范',
  commitAddressWrong: '有一项签名不属于该位的验证人',
  commitPowerTooLow: '签署的票权未超过三分之二',
  commitSignatureWrong: '有一项签名不属实',
  headerInvalid: '区块头不合规范',
  chainIdWrong: '区块头属于另一条链',
  heightNotHigher: '高度没有增加',
  timeNotLater: '时间没有推后',
  validatorsHashWrong: '区块头说的是另一组验证人',
  notEnoughTrust: '此前的验证人签署的票权未超过三分之一',
  keyLengthWrong: '公钥长度不符',
  keyFormWrong: '公钥写法不符',
  keyCoordinateTooLarge: '公钥坐标过大',
  keyNotOnCurve: '公钥不在曲线上',
  keyOfSmallOrder: '公钥的阶过小',
}
const known: ReadonlyMap<string, string> = new Map(Object.entries(names))

/**
 * Every sentence of the verifiers, each in the words that it is known by. In place of `{{why}}` stands another one, of `{{path}}` a
 * pointer into the file, of a name that ends in `Ms` an instant. The first that fits counts.
 */
export const sentences: readonly (readonly [zh: string, en: string])[] = [
  ['创世文件：{{why}}', 'genesis: {{why}}'],
  ['{{why}}，在第 {{byte}} 字节处', '{{why}} at byte {{byte}}'],
  ['文件的最外层不是对象', 'the file is no object'],
  ['文件不是 JSON 文本', 'the file is no JSON text'],
  ['文件属于链 {{chain}}', 'the file is of chain {{chain}}'],
  ['业务本身不合规范：{{why}}', 'the act is not one: {{why}}'],
  ['业务的编号与回执所述不同', 'the act has another id than the receipt'],
  ['密钥不是业务所指的那一把', 'the key is not the one the act names'],
  ['业务的签名不属实', 'the signature of the act is false'],
  ['结果不是回执所述的那些', 'the events are not those of the receipt'],
  ['从回执出发的路径到不了日志的根', 'the path does not lead from the receipt to the root of the log'],
  ['从状态行出发的路径到不了状态的根', 'the path does not lead from the row to the root of the state'],
  ['区块头不在回执之后', 'the header is not after the receipt'],
  ['区块头承诺的是别的内容', 'the header commits to something else'],
  ['区块头出自创世文件追溯不到的验证人', 'the header was made by other validators than the genesis file leads to'],
  ['追溯的路径越过了区块头', 'the way leads past the header'],
  ['签名不属实', 'the signature is false'],
  ['{{org}}在高度 {{height}} 签的是另一区块', '{{org}} has signed another block at height {{height}}'],
  [
    '{{org}}签的是高度 {{signed}}，说明不了高度 {{height}} 的状态',
    '{{org}} has signed height {{signed}}, which says nothing of the state at height {{height}}',
  ],
  ['须有两段历史', '/sides must be two'],
  ['第 {{side}} 段没有来源或没有区块头', 'side {{side}} has no source or no chain'],
  ['第 {{side}} 段有 {{count}} 个区块头', 'side {{side}} has {{count}} headers'],
  ['两段历史并不矛盾', 'the two histories do not contradict each other'],
  ['所附业务不成其为业务', 'the act is none'],
  ['所附业务不是唯一的规范写法', '/act is not the one form of its bytes'],
  ['承诺说的是另一笔业务', 'the promise is about another act'],
  ['属于另一账本', 'it is of another ledger'],
  ['承诺不是由所称节点签署的', 'the promise is not signed by the node it names'],
  ['区块头不是承诺时高度 {{height}} 的那个', "the header is not the promise's, {{height}}"],
  ['回执是另一笔业务的', 'the receipt is of another act'],
  ['有一个编号不成其为编号', 'an id is none'],
  ['状态行是 {{row}}，不是 {{wanted}}', 'the row is {{row}}, not {{wanted}}'],
  ['编号不是该状态行里的那些', 'the ids are not those of the row'],
  ['业务就在这些编号之中：它已在账本里', 'the act is among the ids: it is in the ledger'],
  ['这些回执不是日志里的那些', 'the receipts are not those of the log'],
  ['回执从区块 {{height}} 开始，不早于承诺', 'the receipts begin in block {{height}}, not before the promise'],
  ['业务就在这些回执之中：它已在账本里', 'the act is among the receipts: it is in the ledger'],
  ['{{why}}；是否及时，区块 {{height}} 说明不了', '{{why}}: whether in time, block {{height}} does not tell'],
  ['迟至 {{timeMs}} 的区块才有它', 'in a block of {{timeMs}} only'],
  ['在 {{timeMs}} 的区块里', 'in a block of {{timeMs}}'],
  ['在承诺的时间之内它已失效', 'it expired within the promised time'],
  ['所附材料没有说明它的下落', 'nothing is shown of what became of it'],
  ['所附区块头的时间是 {{timeMs}}，期限未到', 'the header is of {{timeMs}}: the time is not over'],
  ['所附区块头的时间是 {{timeMs}}，在它失效之后', 'the header is of {{timeMs}}, after it expired'],
  ['区块头属于 {{chain}}', 'the header is of {{chain}}'],
  ['到 {{timeMs}} 的区块为止，账本里没有它', 'not in the ledger below the block of {{timeMs}}'],
  ['两名验证人的密钥相同', '/validators two have the same key'],
  ['在 {{step}} 一步：{{why}}', '{{step}}: {{why}}'],
  ['{{path}}：{{why}}', '{{path}} {{why}}'],
]

/** What a place may stand for, where it is not just any text. */
const forms: { readonly [place: string]: string } = { path: '/.*', step: '\\w+', byte: '\\d+', timeMs: '\\d+' }

const patterns = sentences.map(([zh, en]) => {
  const source = en.replaceAll(/\{\{(\w+)\}\}/g, (_, place: string) => `(?<${place}>${forms[place] ?? '.+'})`)
  return { zh, en, pattern: new RegExp(`^${source}$`, 's') }
})

/**
 * Says in a language what a verifier has said; what is no sentence of theirs stays as it is.
 * @example reasonIn('zh', 'notCanonical at byte 1') // '不是唯一的规范写法（notCanonical），在第 1 字节处'
 */
export function reasonIn(language: Language, said: string): string {
  const name = known.get(said)
  if (name !== undefined) return language === 'zh' ? `${name}（${said}）` : said
  for (const { zh, en, pattern } of patterns) {
    const found = pattern.exec(said)
    if (found === null) continue
    return (language === 'zh' ? zh : en).replaceAll(/\{\{(\w+)\}\}/g, (_, place: string) => {
      const text = found.groups?.[place] ?? ''
      if (place === 'why') return reasonIn(language, text)
      return place.endsWith('Ms') ? formatInstant(Number(text)).slice(0, 19) : text
    })
  }
  return said
}
