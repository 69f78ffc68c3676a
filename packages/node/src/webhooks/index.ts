export type { Batch, Source } from './courier.ts'
export { AddressRefused, literalFault } from './addresses.ts'
export { type Post, type Posting, postWith } from './post.ts'
export { deliveryHeaders, deliveryMessage } from './signing.ts'
export { type Standing, readStanding } from './state-file.ts'
export {
  BadSubscriptions,
  type Subscription,
  checkSubscriptions,
  readSubscriptions,
  urlOf,
  writeSubscriptions,
} from './subscription.ts'
export { type WebhookOptions, type WebhookStand, Webhooks } from './webhooks.ts'
