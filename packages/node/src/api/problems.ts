import { ADMISSION } from '@dujiang/chain'
import type { Sentence } from './doors.ts'

/** A problem's permanent number, its HTTP status and what people read. */
export interface ProblemText extends Sentence {
  readonly code: number
  readonly status: number
}

const text = (code: number, status: number, retry: boolean, zh: string, en: string): ProblemText => ({
  code,
  status,
  retry,
  zh,
  en,
})

/** Every problem of the API. Numbers below 100 are the chain's admission refusals, 9001 and up the door's own; both permanent. */
export const problems = {
  malformed: text(
    ADMISSION.malformed,
    400,
    false,
    '不是规范 JSON：第{at}字节处 {reason}',
    'Not canonical JSON: {reason} at byte {at}',
  ),
  wrongShape: text(
    ADMISSION.wrongShape,
    400,
    false,
    '字段{path}不合格式：{rule}',
    'Field {path} has the wrong shape: {rule}',
  ),
  tooLarge: text(
    ADMISSION.tooLarge,
    413,
    false,
    '业务{bytes}字节，超过{bytesMax}字节',
    'The act has {bytes} bytes, more than {bytesMax}',
  ),
  wrongChain: text(
    ADMISSION.wrongChain,
    400,
    false,
    '签名针对另一条链；本链为{expected}',
    'Signed for another ledger; this one is {expected}',
  ),
  wrongDomain: text(
    ADMISSION.wrongDomain,
    400,
    false,
    '签名针对另一个域；本域为{expected}',
    'Signed for another domain; this one is {expected}',
  ),
  unknownAct: text(
    ADMISSION.unknownAct,
    400,
    false,
    '没有业务{act}第{version}版',
    'There is no act {act} version {version}',
  ),
  unknownKey: text(ADMISSION.unknownKey, 401, true, '{org}没有密钥{key}', '{org} has no key {key}'),
  keyNotLive: text(
    ADMISSION.keyNotLive,
    401,
    true,
    '{org}的密钥{key}不在有效期（{fromMs}至{untilMs}）',
    'Key {key} of {org} is valid from {fromMs} until {untilMs} only',
  ),
  badSignature: text(
    ADMISSION.badSignature,
    401,
    false,
    '签名与{org}的密钥{key}不符',
    'The signature is not one of key {key} of {org}',
  ),
  expired: text(
    ADMISSION.expired,
    410,
    false,
    '已于{expires}过期；账本时间{time}',
    'Expired at {expires}; the ledger is at {time}',
  ),
  lifetimeTooLong: text(
    ADMISSION.lifetimeTooLong,
    400,
    true,
    '有效期不得超过{lifetimeMsMax}毫秒',
    'An act may live {lifetimeMsMax} ms at most',
  ),
  repeated: text(ADMISSION.repeated, 409, false, '业务{id}已执行', 'Act {id} has been executed already'),
  overQuota: text(
    ADMISSION.overQuota,
    429,
    true,
    '本单位每分钟业务数已用完；请于{retryAfterSeconds}秒后再试',
    'The quota of acts a minute is used up; try again in {retryAfterSeconds} s',
  ),
  notPermitted: text(ADMISSION.notPermitted, 403, false, '无权办理：{refusal}', 'Not permitted: {refusal}'),

  routeUnknown: text(
    9001,
    404,
    false,
    '没有{method} {path}；接口清单见 /openapi.json',
    'There is no {method} {path}; see /openapi.json',
  ),
  mediaTypeUnknown: text(9002, 415, false, '请求类型须为{expected}', 'The body must be {expected}'),
  bodyTooLarge: text(9003, 413, false, '请求超过{bytesMax}字节', 'The body is larger than {bytesMax} bytes'),
  tooManyRows: text(9004, 413, false, '共{rows}行，超过{rowsMax}行', '{rows} rows, more than {rowsMax}'),
  unknownField: text(
    9005,
    400,
    false,
    '查询参数{field}不存在；可用：{allowed}',
    'There is no query parameter {field}; allowed are: {allowed}',
  ),
  badValue: text(9006, 400, false, '参数{field}不合格式：{rule}', 'Parameter {field} is not acceptable: {rule}'),
  badRequest: text(9007, 400, false, '不是可读的 HTTP 请求：{reason}', 'Not a readable HTTP request: {reason}'),
  badAuthorization: text(9008, 401, false, '查询签名的写法不对', 'The Authorization header is not a signed query'),
  queryTimeOff: text(
    9009,
    401,
    true,
    '查询时间{time}与节点时间{nodeTime}相差超过{queryAgeMs}毫秒',
    'The query is of {time}, more than {queryAgeMs} ms from the node’s {nodeTime}',
  ),
  receiptUnknown: text(
    9010,
    404,
    true,
    '没有回执{id}，或阁下无权查阅；所有者须签名查询',
    'No receipt {id}, or none that you may see; its owner signs the query',
  ),
  notYetProvable: text(
    9011,
    409,
    true,
    '回执{id}已提交，下一区块产生后方可证明',
    'Receipt {id} is committed; it is provable once the next header exists',
  ),
  blockUnknown: text(9012, 404, true, '没有高度{height}的区块', 'There is no block {height}'),
  rowUnknown: text(9013, 404, true, '没有记录{key}，或阁下无权查阅', 'No row {key}, or none that you may see'),
  queueFull: text(
    9014,
    429,
    true,
    '节点队列已满；请于{retryAfterSeconds}秒后再试',
    'The node’s queue is full; try again in {retryAfterSeconds} s',
  ),
  tooManyWaiting: text(
    9015,
    429,
    true,
    '等待中的请求过多；请于{retryAfterSeconds}秒后再试',
    'Too many requests are waiting; try again in {retryAfterSeconds} s',
  ),
  tooManyStreams: text(
    9016,
    429,
    true,
    '可用的{streamsMax}个订阅已占满；请于{retryAfterSeconds}秒后再试',
    'The {streamsMax} streams open to you are taken; try again in {retryAfterSeconds} s',
  ),
  stopping: text(9017, 503, true, '节点正在停止；请换一个节点', 'The node is stopping; ask another'),
  nodeFailed: text(
    9018,
    503,
    true,
    '节点已停止参与，业务结果未知；请把同样的字节发给另一节点',
    'The node has stopped taking part and cannot say what became of this; send the same to another',
  ),
  internal: text(
    9019,
    500,
    true,
    '节点内部故障；请凭编号{request}联系运维',
    'A fault in the node; tell its operator the number {request}',
  ),
  methodNotAllowed: text(
    9020,
    405,
    false,
    '{path} 不支持 {method}；可用：{allowed}',
    '{path} does not take {method}; it takes {allowed}',
  ),
  clockLeapt: text(
    9023,
    503,
    true,
    '节点时钟异常跳变，暂不受理；请换一个节点',
    'The node’s clock has leapt ahead, and it takes in nothing until an operator has looked; ask another',
  ),
  catchingUp: text(
    9026,
    503,
    true,
    '节点正在追赶其他节点的区块，暂不受理；请换一个节点',
    'The node is catching up with the others, and takes in nothing until it has; ask another',
  ),
  rowNotYetProvable: text(
    9024,
    409,
    true,
    '记录{key}刚刚改变，下一区块产生后方可证明',
    'Row {key} has just changed; it is provable once the next header exists',
  ),
  stateSealed: text(
    9025,
    409,
    true,
    '尚有场次未闭市，期间不出具状态证明：证明带有他人记录的哈希',
    'A session is open: no proofs of the state until its gate, because they carry hashes of other rows',
  ),
  receiptsNotHeld: text(
    9028,
    410,
    true,
    '本节点由快照加入，只存有序号 {first} 起的回执；更早的请询问其他节点',
    'This node joined by snapshot and holds receipts from index {first} on; ask another for older ones',
  ),
  lightBlockUnknown: text(
    9027,
    404,
    true,
    '没有高度{height}的区块头，或未留存',
    'There is no header {height}, or it is not kept',
  ),
  requestTooSlow: text(9021, 408, true, '请求未能及时送达', 'The request did not arrive in time'),
  headersTooLarge: text(9022, 431, false, '请求头过大', 'The headers of the request are too large'),
} as const satisfies { readonly [name: string]: ProblemText }

export type ProblemName = keyof typeof problems
