import { type AnyAct, type Family, type Market, type Sentence, roleWords } from '@dujiang/market'
import { refusalsInOrder } from './comments.ts'
import { fieldRows } from './fields.ts'
import { generated, table } from './page.ts'

const intro = `一项业务 = 一个签名的操作。金额、电量、价格都是整数，单位写在“形式”一栏。每项业务在自身的拒绝之前，先过准入检查
（[1–14](refusals.md)）和序号检查（100）。

An act is one signed request. Amounts are integers of the unit named. Before its own refusals every act passes admission
([1–14](refusals.md)) and the check of its sequence (100). Refusals are listed in the order in which they are checked.

| 形式 form | |
|---|---|
| \`id\` | 1–48 个字符 A–Z a–z 0–9 . _ -，首字符为字母或数字 · characters, a letter or digit first |
| \`text n\` | 至多 n 个字符，无控制符 · at most n characters, no control characters |
| \`hex n\` | n 位小写十六进制 · n lower-case hexadecimal digits |
| \`date\` | YYYY-MM-DD，2000–2099 |
| \`list a…b of …\` | a 至 b 项 · a to b items |
| \`milli-fen/MWh\` | 0.00001 元/MWh；\`Wh\` 0.001 kWh；\`ms\` UTC 毫秒 milliseconds；\`ppm\` 百万分之一 millionths |`

/** Every act: who may do it, its fields, its refusals. */
export function actsPage(market: Market): string {
  return [generated('业务操作 · Acts'), intro, ...market.families.flatMap(familyPart)].join('\n\n')
}

function familyPart(family: Family): readonly string[] {
  const dues = family.dues.map(({ name, title }) => `- \`${name}\` ${title.zh} · ${title.en}`)
  return [
    `## ${family.title.zh} · ${family.title.en}`,
    ...family.acts.flatMap((act) => actPart(act, family)),
    ...(dues.length === 0 ? [] : [`### 到期自动执行 · Falls due by itself\n\n${dues.join('\n')}`]),
  ]
}

function actPart(act: AnyAct, { refusals }: Family): readonly string[] {
  const { name, version, title, roles, stage, schema } = act
  const names = refusalsInOrder(name, (word) => word in refusals.sentences)
  return [
    `### ${name}`,
    `${title.zh} · ${title.en}。版本 version ${version}，阶段 stage \`${stage}\`。`,
    [
      `- 谁可办理 · Who may: ${roles.map((role) => `${roleWords[role].zh} ${role}`).join('、')}`,
      ...(act.readers === undefined
        ? []
        : [
            '- 查阅有时受限（截止前的申报仅本单位可见） · Not open to everyone at all times (an order before its gate: to its own organisation)',
          ]),
    ].join('\n'),
    table(
      ['字段 field', '形式 form', '含义', 'meaning'],
      fieldRows(schema.jsonSchema).map(({ path, form, zh, en }) => [`\`${path}\``, form, zh, en]),
    ),
    `拒绝 · Refusals: ${names.map((each) => `${(refusals.sentences[each] as Sentence).code} \`${each}\``).join(', ')}`,
  ]
}
