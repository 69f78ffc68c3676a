import { Trouble } from '../trouble.ts'

/** Who keeps lists at their nodes: everybody, nobody, or these organisations. */
export type ListsAt = 'all' | 'none' | readonly string[]

/** Reads `--lists`. */
export function readListsAt(text: string, orgs: readonly string[]): ListsAt {
  if (text === 'all' || text === 'none') return text
  const named = text.split(',')
  const unknown = named.find((org) => !orgs.includes(org))
  if (unknown === undefined) return named
  throw new Trouble(
    `--lists 取 all、none 或以逗号分隔的 ${orgs.join('、')}，不是 ${text}`,
    `--lists is all, none, or some of ${orgs.join(',')}, not ${text}`,
  )
}

const GIB = 1024 ** 3
/** Memory of a machine that is sold as one of 16 GB. */
const ENOUGH_BYTES = 15 * GIB

/** Lists take a node some 300 MB, and as much again twice while they are laid out: with little memory the exchange alone keeps them. */
export const listsByDefault = (memoryBytes: number): string => (memoryBytes >= ENOUGH_BYTES ? 'all' : 'SCPX')

/**
 * What the node of an organisation is told in `DUJIANG_PROJECTIONS`, from what the whole network was told there. Each needs a
 * database of its own: of two in one, the one that came first would write no more.
 * @example listsSetting('all', 'postgres://127.0.0.1/dujiang_{org}')('DADUHE') // 'postgres://127.0.0.1/dujiang_daduhe'
 */
export function listsSetting(at: ListsAt, setting = ''): (org: string) => string {
  const keeps = (org: string): boolean => at === 'all' || at.includes(org)
  const several = at === 'all' || (at !== 'none' && at.length > 1)
  if (setting.startsWith('postgres') && several && !setting.includes('{org}')) {
    throw new Trouble(
      'DUJIANG_PROJECTIONS 须在库名中写 {org}：每个节点各用一个数据库',
      'DUJIANG_PROJECTIONS needs {org} in it: each node has a database of its own',
    )
  }
  return (org) => (keeps(org) ? setting.replaceAll('{org}', org.toLowerCase()) : 'none')
}
