import { type FieldHelp, fieldsOf } from '@dujiang/core/codec'
import { type AnyAct, type Family, dujiangMarket, roleWords } from '@dujiang/market'
import { Failure } from '../failure.ts'
import { language, say } from '../language.ts'
import { jsonLine, print } from '../output.ts'

const market = dujiangMarket()

/** The catalogue of acts, or everything about one, from the schemas the ledger itself checks with. */
export async function showActs(name: string | undefined, json: boolean): Promise<void> {
  const chosen = name === undefined ? market.acts : market.acts.filter((act) => act.name === name)
  if (chosen.length === 0)
    throw new Failure(`没有操作 ${name}；dujiang acts 列出全部`, `there is no act ${name}: dujiang acts lists them`)
  if (json) {
    await print(jsonLine(name === undefined ? chosen.map(plain) : chosen.map(plain).at(-1)))
    return
  }
  const lines = name === undefined ? market.families.flatMap(listed) : chosen.flatMap(explained)
  await print(`${lines.join('\n')}\n`)
}

function plain(act: AnyAct) {
  const { name, version, title, roles, stage, schema } = act
  return { name, version, title, roles, stage, restricted: 'readers' in act, schema: schema.jsonSchema }
}

function listed({ title, acts }: Family): string[] {
  return [
    `${title.zh} · ${title.en}`,
    ...acts.map((act) => `  ${act.name.padEnd(28)} ${act.title.zh} · ${act.title.en}`),
    '',
  ]
}

function explained(act: AnyAct): string[] {
  const { name, version, title, roles, schema } = act
  const family = market.families.find(({ acts }) => acts.includes(act)) as Family
  const by = roles.map((role) => `${role} ${roleWords[role][language]}`).join(', ')
  const { sentences } = family.refusals
  const refusals = Object.entries(sentences).sort(([, a], [, b]) => a.code - b.code)
  return [
    `${name} v${version} · ${title.zh} · ${title.en}`,
    `${say('谁可以办理', 'who may do it')}: ${by}`,
    '',
    say('字段：', 'fields:'),
    ...fieldsOf(schema.jsonSchema as unknown as Parameters<typeof fieldsOf>[0]).map(fieldLine),
    '',
    say('本族操作可能的拒绝：', 'refusals of this family:'),
    ...refusals.map(([refusal, sentence]) => `  ${sentence.code} ${refusal}: ${sentence[language]}`),
  ]
}

function fieldLine(field: FieldHelp): string {
  const words = [field.zh, field.en].filter((text) => text !== undefined).join(' · ')
  const need = field.required ? '' : say('（可省）', ' (optional)')
  return `  ${field.path.padEnd(24)} ${kindOf(field)}${need}  ${words}`
}

function kindOf({ kind, min, max, chars, unit, allowed }: FieldHelp): string {
  const range = min === undefined && max === undefined ? '' : ` ${min ?? ''}…${max ?? ''}`
  const length = chars === undefined ? '' : ` ${chars}`
  const values = allowed === undefined ? '' : ` ${allowed.join('|')}`
  return `${kind}${range}${length}${values}${unit === undefined ? '' : ` ${unit}`}`
}
