import { type ListTable, type Receipt, isInadmissible, readEnvelope } from '@dujiang/chain'
import {
  type ListAsk,
  type ListPage,
  type ListedRow,
  ROWS_COUNTED_MAX,
  readPlace,
  receiptsTable,
  writePlace,
} from '@dujiang/projections'
import { okText } from '../answer.ts'
import { type BlockAct, actOf } from '../block-acts.ts'
import type { Context, Lists } from '../context.ts'
import { listForms, listFormName } from '../list-forms.ts'
import { fieldsOf } from '../list-rows.ts'
import { type Problem, isProblem, problem, tooManyWaiting } from '../problem.ts'
import { type Param, type Query, limitParam } from '../query.ts'
import type { Ask, Route } from '../route.ts'
import { shownReceipt } from '../shown.ts'
import type { Viewer } from '../viewer.ts'

const PAGE = 50
const PAGE_MAX = 500
const WORD = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/

const afterParam: Param = {
  name: 'after',
  title: { zh: '上一页的 next', en: 'The `next` of the page before' },
  kind: 'text',
  pattern: /^[A-Za-z0-9_-]{1,1000}$/,
}
const skipParam: Param = {
  name: 'skip',
  title: { zh: '从该处起略过几行', en: 'Rows from there on that are left out' },
  kind: 'integer',
  min: 0,
  max: ROWS_COUNTED_MAX,
}
const countParam: Param = {
  name: 'count',
  title: { zh: '是否计数', en: 'Whether to say how many rows there are from there on' },
  kind: 'oneOf',
  values: ['true'],
}
const instantParam = (name: string, zh: string, en: string): Param => {
  return { name, title: { zh, en }, kind: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER }
}
const receiptParams: readonly Param[] = [
  { name: 'id', title: { zh: '编号的开头', en: 'Beginning of the id' }, kind: 'text', pattern: /^[0-9a-f]{1,64}$/ },
  {
    name: 'outcome',
    title: { zh: '接受或拒绝', en: 'How it was decided' },
    kind: 'oneOf',
    values: ['accepted', 'declined'],
  },
  instantParam('from', '区块时间不早于', 'Block time from, UTC milliseconds'),
  instantParam('until', '区块时间早于', 'Block time before, UTC milliseconds'),
]

/** A route for each table that follows the ledger. Rules API-30 to API-33. */
export function listRoutes(context: Context): readonly Route[] {
  const { lists } = context
  return lists === undefined ? [] : lists.tables.map((table) => listRoute(context, lists, table))
}

function listRoute(context: Context, lists: Lists, table: ListTable): Route {
  const filters = table.columns.filter(({ filter }) => filter === true)
  return {
    method: 'GET',
    path: `/v1/lists/${table.name}`,
    title: table.title,
    params: [
      ...filters.map(({ name, title }): Param => ({ name, title, kind: 'text', pattern: WORD })),
      ...(table === receiptsTable ? receiptParams : []),
      afterParam,
      skipParam,
      limitParam(PAGE_MAX),
      countParam,
    ],
    answers: {
      200: { says: 'A page of rows that the viewer may see', schema: listFormName(table) },
      429: 'Too many ask at once',
      503: 'Lists are not ready',
    },
    forms: listForms(table),
    async handle(ask) {
      const question = questionOf(context, lists, table, ask)
      if (isProblem(question)) return question
      const answer = await lists.list(question, ask.address)
      if ('page' in answer) return okText(pageText(context, table, ask.viewer, answer.page))
      if (answer.none === 'tooMany') return tooManyWaiting()
      return { ...problem('listsNotReady', { retryAfterSeconds: 1 }), retryAfterSeconds: 1 }
    },
  }
}

function questionOf({ node }: Context, { lists }: Lists, table: ListTable, { query, viewer }: Ask): ListAsk | Problem {
  const after = query.text('after')
  const place = after === undefined ? undefined : readPlace(table, after)
  if (after !== undefined && place === undefined) return problem('badValue', { field: 'after', rule: 'badPattern' })
  const equals: Record<string, string> = {}
  for (const { name, filter } of table.columns) {
    const value = filter === true ? query.text(name) : undefined
    if (value !== undefined) equals[name] = value
  }
  return {
    table: table.name,
    equals,
    ...(table === receiptsTable ? { receipts: receiptsAsked(query) } : {}),
    ...(viewer.org === undefined ? {} : { viewer: viewer.org }),
    seals: lists.sealsNow(node.view()),
    ...(place === undefined ? {} : { after: place }),
    skip: query.integer('skip') ?? 0,
    ...(query.text('count') === undefined ? {} : { counts: true as const }),
    limit: query.integer('limit') ?? PAGE,
  }
}

function receiptsAsked(query: Query): NonNullable<ListAsk['receipts']> {
  const [idPrefix, outcome] = [query.text('id'), query.text('outcome')]
  const [fromMs, untilMs] = [query.integer('from'), query.integer('until')]
  return {
    ...(idPrefix === undefined ? {} : { idPrefix }),
    ...(outcome === undefined ? {} : { declined: outcome === 'declined' }),
    ...(fromMs === undefined ? {} : { fromMs }),
    ...(untilMs === undefined ? {} : { untilMs }),
  }
}

function pageText(context: Context, table: ListTable, viewer: Viewer, { rows, next, upTo, count }: ListPage): string {
  const shown = rows.flatMap((row) => shownRow(context, table, viewer, row) ?? [])
  const place = next === undefined ? '' : `,"next":"${writePlace(next)}"`
  const counted = count === undefined ? '' : `"count":${count},`
  const { height } = context.node.status()
  return `{"height":${height},"upTo":${upTo},${counted}"rows":[${shown.join(',')}]${place},"more":${next !== undefined}}`
}

/**
 * The statement has left out what the viewer may not see. It is judged again by the act itself, as everywhere: a mistake
 * in the one does not show what the other withholds.
 */
function shownRow(context: Context, table: ListTable, viewer: Viewer, { row, made }: ListedRow): string | undefined {
  if (made === undefined) return JSON.stringify(fieldsOf(table, row))
  const receipt = JSON.parse(made.receipt) as Receipt
  const act = made.act === undefined ? undefined : readAct(context, made.act)
  if (!context.visibility.ofCopy(viewer, receipt, act)) return undefined
  if (table !== receiptsTable) {
    return JSON.stringify({ ...fieldsOf(table, row), ...(act === undefined ? {} : { payload: act.signed.payload }) })
  }
  const stored = { receipt, receiptBytes: Buffer.from(made.receipt), eventsText: made.events }
  return shownReceipt(context, stored)
}

function readAct({ crypto }: Context, text: string): BlockAct | undefined {
  const envelope = readEnvelope(crypto.sha256, Buffer.from(text))
  return isInadmissible(envelope) ? undefined : actOf(envelope)
}
