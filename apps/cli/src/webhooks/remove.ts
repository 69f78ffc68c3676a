import { writeSubscriptions } from '@dujiang/node/webhooks'
import { say } from '../language.ts'
import { print } from '../output.ts'
import { subscriptionOf, subscriptionsOf, webhooksDir } from './folder.ts'

export async function remove(data: string, name: string): Promise<void> {
  await subscriptionOf(data, name)
  const others = (await subscriptionsOf(data)).filter((each) => each.name !== name)
  await writeSubscriptions(webhooksDir(data), others)
  await print(say(`已取消 ${name}\n`, `removed ${name}\n`))
}
