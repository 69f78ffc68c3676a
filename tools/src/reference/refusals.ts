import { SEQUENCE_NOT_HIGHER } from '@dujiang/chain'
import { type Market, type Sentence, kernelRefusals } from '@dujiang/market'
import { problems } from '@dujiang/node/api'
import { generated, table } from './page.ts'

const intro = `编号和名称永久不变，程序只比较它们，不比较句子。“可重试”指同一人的同样请求以后可能成功：等待、他人或本单位的其他操作（如撤回申报）
可以消除障碍；须改请求、换人或已过时的为否。1–99 未准入，不留回执；100 起有回执；9001 起是接口自己的答复。花括号里是事实。

Numbers and names are permanent: programs compare these, never the sentences. "Retry" says whether the same request of the same person
may succeed later: waiting, or an act of others or of the own organisation (as cancelling an order), can lift what stands in the way.
1–99 are not admitted and leave no receipt; from 100 on there is a receipt; from 9001 on the HTTP interface speaks for itself.`

const admissionMax = 99
const doorMin = 9001

interface Row extends Sentence {
  readonly status?: number
}

/** Every number that a person or a program may meet. */
export function refusalsPage(market: Market): string {
  const ofDoor = Object.entries(problems as Readonly<Record<string, Row>>)
  return [
    generated('拒绝与答复编号 · Refusals'),
    intro,
    part(
      '准入 · Admission',
      ofDoor.filter(([, { code }]) => code <= admissionMax),
    ),
    `## 序号 · Sequence\n\n| 编号 | 名称 name | |\n|---|---|---|\n| ${SEQUENCE_NOT_HIGHER.code} | \`${SEQUENCE_NOT_HIGHER.name}\` | 序号须大于本业务流中上次被接受的序号 · a sequence is above the last one accepted in its stream |`,
    part('内核 · Kernel', Object.entries(kernelRefusals.sentences as Readonly<Record<string, Row>>)),
    ...market.families.map(({ title, refusals }) =>
      part(`${title.zh} · ${title.en}`, Object.entries(refusals.sentences as Readonly<Record<string, Row>>)),
    ),
    part(
      '接口 · Interface',
      ofDoor.filter(([, { code }]) => code >= doorMin),
    ),
  ].join('\n\n')
}

function part(title: string, rows: readonly (readonly [string, Row])[]): string {
  const sorted = [...rows].sort(([, a], [, b]) => a.code - b.code)
  const head = ['编号', '名称 name', '说明', 'sentence', '可重试 retry']
  const http = sorted.some(([, { status }]) => status !== undefined)
  return `## ${title}\n\n${table(
    http ? [...head, 'HTTP'] : head,
    sorted.map(([name, { code, zh, en, retry, status }]) => [
      String(code),
      `\`${name}\``,
      zh,
      en,
      retry ? '是 yes' : '否 no',
      ...(http ? [String(status)] : []),
    ]),
  )}`
}
