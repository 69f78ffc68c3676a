import type { Cells } from '../../ui/grid/clipboard.ts'

/** Where a pasted block has what, by the names above its columns. */
export interface Columns {
  readonly period: number | undefined
  /** Says of each row which step it is. */
  readonly step: { readonly column: number; readonly name: string } | undefined
  /** A price and a volume for each step, in order. */
  readonly prices: readonly number[]
  readonly volumes: readonly number[]
  /** Names of columns that are of no step, such as a remark. */
  readonly others: readonly string[]
  /** Columns of which it cannot be said what they are: then nothing is taken of the block. */
  readonly unclear: readonly string[]
}

type Role = 'period' | 'step' | 'price' | 'volume' | 'other' | 'unnamed'

/** In this order: 第1段价格 is a price, 时段电量 a volume. */
const roles: readonly (readonly [Role, RegExp])[] = [
  ['unnamed', /^$/],
  ['step', /^(?:申报|报价|分)?[段档][位号次数别]?$|^(?:step|tier|band|block)(?:no\.?|number)?$/i],
  ['price', /价|元\/|price|yuan\/|cny\//i],
  ['volume', /量|瓦时|wh$|volume|quantity|energy/i],
  ['period', /时段|时间|小时|period|hour|time/i],
]

/** Undefined where the names say nothing, or what holds without them: the period first if any, then price and volume in turn. */
export function columnsOf(heads: Cells, body: Cells): Columns | undefined {
  const names = namesOf(heads, body)
  const found = names.map(roleOf)
  const at = (role: Role): number[] => found.flatMap((each, column) => (each === role ? [column] : []))
  const [periods, steps, prices, volumes] = [at('period'), at('step'), at('price'), at('volume')]
  const isNamed = prices.length > 0 && volumes.length > 0
  if (steps.length === 0 && (!isNamed || isUsual(found))) return undefined
  const named = (columns: readonly number[]): string[] => columns.map((column) => names[column] || `#${column + 1}`)
  const isUsed = (column: number): boolean => body.some((line) => (line[column] ?? '') !== '')
  const isOneStep = steps.length === 0 || (steps.length === 1 && prices.length === 1)
  const unclear = [
    ...(isNamed && prices.length === volumes.length ? [] : named([...prices, ...volumes])),
    ...(isNamed && isOneStep ? [] : named(steps)),
    // The corner above a column of periods often has no name.
    ...named(at('unnamed').filter((column) => column > 0 && isUsed(column))),
  ]
  const period = periods[0] ?? (found[0] === 'unnamed' ? 0 : undefined)
  const [step] = steps.map((column) => ({ column, name: names[column] as string }))
  return { period, step, prices, volumes, others: named(at('other').filter(isUsed)), unclear }
}

/** A row as the ladder has it: its period first where the block names periods, then price and volume in turn. */
export function inOrder(line: readonly string[], { period, prices, volumes }: Columns): readonly string[] {
  const cell = (column: number | undefined): string => (column === undefined ? '' : (line[column] ?? ''))
  const steps = prices.flatMap((price, at) => [cell(price), cell(volumes[at])])
  return period === undefined ? steps : [cell(period), ...steps]
}

const NUMERALS = '一二三四五六七八九十'

/** @example stepNamed('第2段') // 2, and so are 2, Step 2, 第二段 */
export function stepNamed(text: string): number | undefined {
  const named = /^(?:第|段|档|step|tier)?(\d{1,2}|[一二三四五六七八九十])[段档]?$/i.exec(plain(text))?.[1]
  if (named === undefined) return undefined
  const step = NUMERALS.includes(named) ? NUMERALS.indexOf(named) + 1 : Number(named)
  return step === 0 ? undefined : step
}

/** The lowest name above each column: over two of them there may be one that spans both. */
function namesOf(heads: Cells, body: Cells): readonly string[] {
  const width = [...heads, ...body].reduce((most, line) => Math.max(most, line.length), 0)
  return Array.from(
    { length: width },
    (_, column) => heads.findLast((line) => (line[column] ?? '') !== '')?.[column] ?? '',
  )
}

function roleOf(name: string): Role {
  const bare = plain(name)
  return roles.find(([, pattern]) => pattern.test(bare))?.[0] ?? 'other'
}

/** Columns behind the last name are further steps. */
function isUsual(found: readonly Role[]): boolean {
  const begin = found[0] === 'period' || found[0] === 'unnamed' ? 1 : 0
  const end = found.findLastIndex((role) => role !== 'unnamed') + 1
  const steps = found.slice(begin, end)
  return steps.length % 2 === 0 && steps.every((role, at) => role === (at % 2 === 0 ? 'price' : 'volume'))
}

const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '')
