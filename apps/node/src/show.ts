import { hourLabel } from '@dujiang/core/time'
import type { PeriodResult, Tier } from '@dujiang/market'
import type { Run, Summary } from './summary.ts'
import { WARNING, mwhShown, pad, seconds, widthOf, yuanShown } from './text.ts'

const COLUMNS = [
  '时段',
  '成交电量 MWh',
  '出清价 元/MWh',
  '末位成交对 售/购',
  '售方边际档 价 中标/申报',
  '购方边际档 价 中标/申报',
]

/** The summary as a trading-centre clerk reads it. */
export function showSummary(run: Run, summary: Summary): string {
  const { report, verdict } = run
  const { session, result, tally } = report
  const rows = result.periods.map(rowOf)
  const total = ['合计', mwhShown(result.volumeWh), averageOf(result.averagePrice), '', '', '']
  const absent = tally.invited - tally.submitted
  return [
    '',
    session.name,
    `交割 ${session.deliveryFrom} 至 ${session.deliveryTo}，各时段电量为该时段全月电量，按日均分；价格均为虚构（种子 ${report.seed}）`,
    `申报单元 ${tally.submitted}/${tally.invited}（未申报或已撤回 ${absent}）`,
    '',
    ...table([COLUMNS, ...rows, total]),
    '',
    `加权均价 ${averageOf(result.averagePrice)} 元/MWh · 成交 ${mwhShown(result.volumeWh)} MWh · 闭市至结果 ${seconds(report.gateToResultMs)} 秒`,
    `区块 ${summary.blocks} · 交易 ${summary.transactions} · 高度 ${summary.height} · 应用哈希 app hash ${summary.app_hash}`,
    `verified offline: ${summary.receipts_verified} receipts  离线验证 ${summary.receipts_verified}/${summary.receipts} 份回执，另一进程，仅凭创世文件；信任 ${verdict.trusts.join('、')}`,
    ...verdict.failures.map(({ file, step, reason }) => `  × ${file} ${step}: ${reason}`),
    `${summary.ok ? '全部通过' : '未通过'} ${summary.ok ? 'all verified' : 'NOT verified'}，共 ${summary.seconds.toFixed(1)} 秒`,
    '外部验证 outside check：npx dujiang demo italy --data DIR（真实交易所半个月，重新出清并与公布价核对）',
    WARNING,
  ].join('\n')
}

function rowOf({ period, volumeWh, price, pair, supplyTier, demandTier }: PeriodResult): string[] {
  return [
    hourLabel(period),
    mwhShown(volumeWh),
    price === undefined ? '—' : yuanShown(price),
    pair === undefined ? '—' : `${yuanShown(pair.supply)}/${yuanShown(pair.demand)}`,
    tierText(supplyTier),
    tierText(demandTier),
  ]
}

const averageOf = (price: number | undefined): string => (price === undefined ? '—' : yuanShown(price))

function tierText(tier: Tier | undefined): string {
  if (tier === undefined) return '—'
  return `${yuanShown(tier.price)} ${mwhShown(tier.awardedWh)}/${mwhShown(tier.declaredWh)}`
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = COLUMNS.map((_, at) => Math.max(...rows.map((row) => widthOf(row[at] as string))))
  return rows.map((row) =>
    row
      .map((cell, at) => pad(cell, widths[at] as number))
      .join('  ')
      .trimEnd(),
  )
}
