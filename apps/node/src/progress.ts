import { type Month, type News, nominalTimes } from '@dujiang/testing/province'
import { clock, mwhShown, seconds, unitName } from './text.ts'

type Refused = Extract<News, { readonly kind: 'refused' }>

/** Tells a session's news, a line each. */
export function teller(month: Month, print: (line: string) => void): (news: News) => void {
  return (news) => {
    switch (news.kind) {
      case 'announced': {
        const { opens, gate } = nominalTimes(month)
        print(
          `· 公告已发布  演示加速：名义申报 ${opens} 至 ${gate.slice(11)}，实际 ${clock(news.opensMs)} 至 ${clock(news.gateMs)}`,
        )
        return
      }
      case 'invited':
        return print(`· 已核定 ${news.units} 个交易单元的申报上限`)
      case 'opened':
        return print('· 开始申报')
      case 'submitted':
        return print(`· 已申报 ${news.done}/${news.of}`)
      case 'replaced':
        return print(`· ${unitName(news.unit)} 修改申报`)
      case 'cancelled':
        return print(`· ${unitName(news.unit)} 撤回申报`)
      case 'refused':
        return print(`  × ${refusalText(news)}`)
      case 'closed':
        return print('· 闭市')
      case 'cleared':
        return print(`· 出清完成，闭市后 ${seconds(news.afterMs)} 秒可读结果`)
      case 'checked':
        return print('· 调度机构安全校核通过')
      case 'prepared':
        return print('· 交易中心甲岗编制成交公告')
      case 'published':
        return print('· 交易中心乙岗批准，结果发布')
    }
  }
}

/** A refusal in a clerk's words and units. */
function refusalText({ attempt, unit, answer }: Refused): string {
  const name = unit === undefined ? '' : unitName(unit)
  const { facts = {} } = answer.refusal ?? {}
  const number = (fact: string): number => facts[fact] as number
  const wh = (fact: string): string => mwhShown(number(fact))
  switch (attempt) {
    case 'boundary':
      return `${name} 列入参与范围被拒：非省调电厂，是省内市场的边界，不参与申报（误列入，由账本挡下）`
    case 'overLimit':
      return `${name} 时段 ${number('period')} 申报 ${wh('volumeWh')} MWh 被拒：上限 ${wh('limitWh')}，已用 ${wh('usedWh')}，尚可 ${wh('fitsWh')} MWh`
    case 'late':
      return `${name} 申报被拒：${clock(number('gateMs'))} 已闭市`
    case 'samePerson':
      return '甲岗批准自己编制的公告被拒：须由另一人批准'
  }
}
