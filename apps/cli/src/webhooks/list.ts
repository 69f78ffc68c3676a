import { type Standing, type Subscription, readStanding } from '@dujiang/node/webhooks'
import { formatInstant } from '@dujiang/core/time'
import { say } from '../language.ts'
import { jsonLine, print } from '../output.ts'
import { table } from '../table.ts'
import { subscriptionsOf, webhooksDir } from './folder.ts'

/** Every subscription with how far it is; never its secret. */
export async function list(data: string, asJson: boolean): Promise<void> {
  const all = await Promise.all(
    (await subscriptionsOf(data)).map(async ({ secret: _secret, ...shown }) => ({
      ...shown,
      standing: await readStanding(webhooksDir(data), shown.name),
    })),
  )
  if (asJson) return print(all.map((each) => jsonLine(each)).join(''))
  if (all.length === 0) return print(say('没有订阅\n', 'no subscriptions\n'))
  const head = say('名称 推送至 范围 已送达序号 情况', 'name url what taken state').split(' ')
  const rows = all.map(({ standing, ...each }) => [
    each.name,
    each.url,
    wishText(each),
    takenText(standing),
    stateText(standing),
  ])
  await print(`${table([head, ...rows]).join('\n')}\n`)
}

type Shown = Omit<Subscription, 'secret'>

function wishText({ viewer, org, act, session }: Shown): string {
  const parts = [viewer && say(`${viewer} 可见`, `as ${viewer}`), org, act, session]
  return parts.filter((part) => part !== undefined).join(' · ') || say('公众可见', 'public')
}

const takenText = (standing: Standing | undefined): string => (standing === undefined ? '-' : String(standing.after))

function stateText(standing: Standing | undefined): string {
  if (standing === undefined) return say('尚未开始', 'not begun')
  const { failed, failedSinceMs, trouble } = standing
  if (failed === undefined || failedSinceMs === undefined) return say('正常', 'well')
  const since = formatInstant(failedSinceMs)
  return say(`自 ${since} 起失败 ${failed} 次：${trouble}`, `failed ${failed} times since ${since}: ${trouble}`)
}
