/** What the page itself says; everything else it reads in the document. */
const words = {
  zh: {
    title: '接口 API',
    search: '查找',
    nothing: '没有匹配的接口或业务',
    parameters: '参数',
    body: '请求内容',
    answers: '答复',
    examples: '示例',
    name: '名称',
    in: '位置',
    form: '形式',
    meaning: '含义',
    acts: '业务操作',
    actsIntro: '每项业务都经 POST /v1/acts 提交；以下为其 payload。',
    fields: '字段',
    example: '示例 payload',
    roles: '可办理的角色',
    refusals: '拒绝（有回执，receipt.code 为其编号）',
    problems: '接口自己的答复（无回执）',
    number: '编号',
    sentence: '说明',
    retry: '可重试',
    yes: '是',
    no: '否',
    optional: '可不填',
    hook: '推送 Webhook',
    statuses: {
      200: '成功',
      202: '已受理，尚未入块',
      204: '成功，无内容',
      400: '请求有误',
      401: '签名或密钥不符',
      403: '无权办理',
      404: '不存在，或无权查阅',
      409: '暂不可得',
      410: '已过期',
      413: '过大或过多',
      429: '繁忙：按 Retry-After 稍后原样重发',
      503: '节点不受理：原样发给另一节点',
      default: '其他问题',
    },
  },
  en: {
    title: '接口 API',
    search: 'Search',
    nothing: 'No route and no act matches',
    parameters: 'Parameters',
    body: 'Request body',
    answers: 'Answers',
    examples: 'Examples',
    name: 'name',
    in: 'in',
    form: 'form',
    meaning: 'meaning',
    acts: 'Acts',
    actsIntro: 'Every act is sent by POST /v1/acts; this is its payload.',
    fields: 'Fields',
    example: 'Example payload',
    roles: 'Roles that may do it',
    refusals: 'Refusals (there is a receipt, with this number as its code)',
    problems: 'Answers of the interface itself (there is no receipt)',
    number: 'number',
    sentence: 'sentence',
    retry: 'retry',
    yes: 'yes',
    no: 'no',
    optional: 'may be left out',
    hook: 'Webhook',
    statuses: {},
  },
}

/** `zh` unless the address asks for English. */
export const language = new URLSearchParams(location.search).get('lang') === 'en' ? 'en' : 'zh'
export const word = words[language]

/** What a part of the document says of itself, in the language of the page. */
export const said = (part) => (language === 'zh' ? part['x-description-zh'] : undefined) ?? part.description ?? ''
export const titleOf = (part) =>
  language === 'zh'
    ? (part['x-summary-zh'] ?? part['x-title-zh'] ?? part.summary ?? part.title)
    : (part.summary ?? part.title)
