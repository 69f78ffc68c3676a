import { Failure } from '../../failure.ts'
import { type RowFault, readCsv } from './csv.ts'
import { quantityOf } from './figures.ts'
import { hourKey, isDate, periodOf, unreadableField, zones } from './row.ts'

const COLUMNS = ['timestamp', 'delivery_day', 'period', 'zone', 'external_zone', 'exchange_mwh']

/**
 * Net export of the seven zones in each hour, Wh. The file gives the export of a zone to a neighbour; what flows between two
 * of the seven would cancel and is not in it. Refuses a link given twice, and an hour that lacks a link others have.
 */
export async function readExchanges(path: string): Promise<ReadonlyMap<string, number>> {
  const hours = new Map<string, Map<string, number>>()
  const links = new Set<string>()
  await readCsv(path, COLUMNS, ([, date, hour, zone, neighbour, text]): RowFault | undefined => {
    const period = periodOf(hour)
    if (!isDate(date)) return unreadableField('delivery_day', date)
    if (period === undefined) return unreadableField('period', hour)
    if (zone === undefined || !zones.has(zone)) return unreadableField('zone', zone)
    if (neighbour === undefined || neighbour === '' || zones.has(neighbour)) {
      return unreadableField('external_zone', neighbour)
    }
    const quantity = quantityOf(text ?? '')
    if (quantity === undefined) return unreadableField('exchange_mwh', text)

    const link = `${zone}-${neighbour}`
    const key = hourKey(date, period)
    const flows = hours.get(key) ?? new Map<string, number>()
    if (flows.has(link)) return { zh: `${link} 在该时段出现两次`, en: `${link} is there twice in this hour` }
    hours.set(key, flows.set(link, quantity.wh))
    links.add(link)
    return undefined
  })
  const exportsWh = new Map<string, number>()
  for (const [key, flows] of hours) {
    if (flows.size !== links.size) {
      throw new Failure(
        `${path}：${key} 时段有 ${flows.size} 条联络线，应为 ${links.size} 条`,
        `${path}: period ${key} has ${flows.size} links instead of ${links.size}`,
      )
    }
    exportsWh.set(
      key,
      [...flows.values()].reduce((sum, wh) => sum + wh, 0),
    )
  }
  return exportsWh
}
