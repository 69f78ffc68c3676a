import { readFile } from 'node:fs/promises'
import { type Of, compile, s } from '@dujiang/core/codec'
import { writeWhole } from '../store/whole-file.ts'

const subscriptionShape = s.object({
  name: s.id(),
  url: s.text(500),
  /** Shared with the receiver: 32 bytes. */
  secret: s.hex(32),
  /** As whom it looks; as a member of the public without. */
  viewer: s.optional(s.id()),
  org: s.optional(s.id()),
  act: s.optional(s.id()),
  session: s.optional(s.id()),
  /** Begins after this index; with the next receipt without. */
  after: s.optional(s.int(-1, Number.MAX_SAFE_INTEGER)),
  allowPrivate: s.optional(s.bool()),
})
const fileShape = s.object({ subscriptions: s.list(subscriptionShape, { min: 0, max: 32 }), v: s.literal(1) })
const schema = compile(fileShape)

export type Subscription = Of<typeof subscriptionShape>

export const subscriptionsPath = (dir: string): string => `${dir}/subscriptions.json`

/** What is wrong with the operator's file. */
export class BadSubscriptions extends Error {}

/** The subscriptions of a folder; none where there is no file. Throws {@link BadSubscriptions} when it is not one. */
export async function readSubscriptions(dir: string): Promise<readonly Subscription[]> {
  const path = subscriptionsPath(dir)
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return '{"subscriptions":[],"v":1}'
    throw cause
  })
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new BadSubscriptions(`${path} is not JSON`)
  }
  return checked(path, json)
}

/** Throws {@link BadSubscriptions} when these may not stand in the file. */
export function checkSubscriptions(subscriptions: readonly Subscription[]): void {
  checked('webhooks', { subscriptions, v: 1 })
}

function checked(path: string, json: unknown): readonly Subscription[] {
  const problem = schema.explain(json as never)
  if (problem !== undefined) throw new BadSubscriptions(`${path}: ${problem.path} ${problem.rule}`)
  const { subscriptions } = json as Of<typeof fileShape>
  const names = new Set(subscriptions.map(({ name }) => name))
  if (names.size < subscriptions.length) throw new BadSubscriptions(`${path}: a name stands there twice`)
  for (const { name, url } of subscriptions) urlOf(name, url)
  return subscriptions
}

export function writeSubscriptions(dir: string, subscriptions: readonly Subscription[]): Promise<void> {
  return writeWhole(subscriptionsPath(dir), `${JSON.stringify({ subscriptions, v: 1 }, undefined, 1)}\n`)
}

/** The address of a subscription: http or https, without a name or password in it. */
export function urlOf(name: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new BadSubscriptions(`${name}: ${text} is no http or https address`)
  }
  if (url.username !== '' || url.password !== '')
    throw new BadSubscriptions(`${name}: no password stands in an address`)
  return url
}
