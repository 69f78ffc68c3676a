import { mkdirSync } from 'node:fs'
import { BadSubscriptions, type Subscription, readSubscriptions } from '@dujiang/node/webhooks'
import { Failure } from '../failure.ts'

/** Where a node's subscriptions are: beside its data. */
export const webhooksDir = (data: string): string => `${data}/webhooks`

export function makeWebhooksDir(data: string): void {
  mkdirSync(webhooksDir(data), { recursive: true, mode: 0o700 })
}

export function subscriptionsOf(data: string): Promise<readonly Subscription[]> {
  return readSubscriptions(webhooksDir(data)).catch(explained)
}

export async function subscriptionOf(data: string, name: string): Promise<Subscription> {
  const found = (await subscriptionsOf(data)).find((each) => each.name === name)
  if (found === undefined) throw new Failure(`${data} 没有订阅 ${name}`, `${data} has no subscription ${name}`)
  return found
}

export function explained(cause: unknown): never {
  if (cause instanceof BadSubscriptions) throw new Failure(cause.message, cause.message, undefined, cause)
  throw cause
}
