import {
  type Explained,
  type NoticePayload,
  type NoticeTemplate,
  type RuleSet,
  type Sequence,
  dujiangMarket,
  explainNotice,
  noticeFields,
  noticeFrom,
  noticeTemplates,
  speak,
} from '@dujiang/market'
import { EXIT_REFUSED, Failure } from '../failure.ts'
import { language, say } from '../language.ts'
import { jsonLine, print } from '../output.ts'
import { Desk, type DeskFlags, instantOf } from './desk.ts'

export interface AnnounceFlags extends DeskFlags {
  readonly template: string
  readonly sequence: string
  readonly set: readonly string[]
  readonly opens?: string
  readonly gate?: string
  readonly dryRun?: true
}

export async function showTemplates(): Promise<void> {
  const lines = noticeTemplates.map(({ id, title }) => `${id.padEnd(14)} ${title.zh} · ${title.en}\n`)
  await print(lines.join(''))
}

/** Announces a session from a template, once nothing stands against it; 1 with all that does. */
export async function announce(session: string, flags: AnnounceFlags): Promise<number> {
  const template = templateCalled(flags.template)
  const desk = await Desk.open(flags)
  const rules = await desk.rowThere<RuleSet>('rules/current/all')
  const timeMs = await desk.nextBlockMs()
  const { sequence } = flags
  const notice = withChanges(noticeFrom(template, { session, sequence, timeMs, values: rules.values }), flags)
  const explained = explainNotice(
    {
      timeMs,
      org: desk.identity.org,
      taken: (await desk.row(`auction/session/${session}`)) !== undefined,
      sequence: await desk.row<Sequence>(`auction/sequence/${notice.sequence}`),
      rules,
    },
    notice,
  )
  const problems = inWords(explained)
  if (flags.dryRun === true) await print(jsonLine({ act: 'auction.session.announce', payload: notice }, true))
  if (problems.length > 0) {
    process.stderr.write(`${problems.join('\n')}\n`)
    return EXIT_REFUSED
  }
  return flags.dryRun === true ? 0 : desk.send('auction.session.announce', notice)
}

function templateCalled(id: string): NoticeTemplate {
  const template = noticeTemplates.find((each) => each.id === id)
  if (template !== undefined) return template
  const known = noticeTemplates.map((each) => each.id).join(', ')
  throw new Failure(`没有模板 ${id}；有 ${known}`, `there is no template ${id}: there are ${known}`)
}

function withChanges(notice: NoticePayload, { set, opens, gate }: AnnounceFlags): NoticePayload {
  return {
    ...notice,
    ...Object.fromEntries(set.map(fieldOf)),
    ...(opens === undefined ? {} : { opensMs: instantOf(opens) }),
    ...(gate === undefined ? {} : { gateMs: instantOf(gate) }),
  }
}

function fieldOf(pair: string): readonly [field: string, value: string | number] {
  const [, field = '', value = ''] = /^(\w+)=(.*)$/.exec(pair) ?? []
  const schema = (noticeFields as { readonly [field: string]: { readonly type?: string } })[field]
  if (schema === undefined) {
    const known = Object.keys(noticeFields).join(', ')
    throw new Failure(`--set ${pair}：字段有 ${known}`, `--set ${pair}: the fields are ${known}`)
  }
  return [field, schema.type === 'integer' && /^-?\d+$/.test(value) ? Number(value) : value]
}

/** Every problem as people read it. */
function inWords({ shape, refusals }: Explained): readonly string[] {
  const market = dujiangMarket()
  return [
    ...shape.map(({ path, rule }) => `${path.slice(1)}: ${rule}`),
    ...refusals.map(({ code, name, facts }) => {
      const sentence = market.sentence(name)
      return `${code} ${name}: ${sentence === undefined ? say('（无说明）', '(no words)') : speak(sentence, facts, language)}`
    }),
  ]
}
