import { randomBytes } from 'node:crypto'
import { type Subscription, checkSubscriptions, literalFault, urlOf, writeSubscriptions } from '@dujiang/node/webhooks'
import { Failure } from '../failure.ts'
import { say } from '../language.ts'
import { print } from '../output.ts'
import { explained, makeWebhooksDir, subscriptionsOf, webhooksDir } from './folder.ts'

/** As an address says it: the name that is never looked up elsewhere, or a loopback address. */
const THIS_MACHINE = /^(localhost|127\.[\d.]+|\[::1\])$/

export interface AddFlags {
  readonly data: string
  readonly url: string
  readonly viewer?: string
  readonly org?: string
  readonly act?: string
  readonly session?: string
  readonly after?: string
  readonly allowPrivate?: true
}

/** Adds a subscription with a secret of its own, which is shown this once. */
export async function add(name: string, flags: AddFlags): Promise<void> {
  const { data, after, ...given } = flags
  if (after !== undefined && !/^(-1|\d{1,15})$/.test(after)) {
    throw new Failure('--after 取回执序号，或 -1', '--after takes the index of a receipt, or -1')
  }
  const before = await subscriptionsOf(data)
  if (before.some((each) => each.name === name)) {
    throw new Failure(`${name} 已登记；先 webhooks remove`, `${name} is there already: remove it first`)
  }
  const secret = randomBytes(32).toString('hex')
  const from = after === undefined ? {} : { after: Number(after) }
  const wanted: readonly Subscription[] = [...before, { name, ...given, ...from, secret }]
  try {
    checkSubscriptions(wanted)
  } catch (cause) {
    explained(cause)
  }
  demandAllowed(flags.url, urlOf(name, flags.url), flags.allowPrivate === true)
  makeWebhooksDir(data)
  await writeSubscriptions(webhooksDir(data), wanted)
  await print(
    say(
      `已登记 ${name} → ${flags.url}\n共享密钥（仅此一次显示，请交给接收方）：${secret}\n`,
      `added ${name} → ${flags.url}\nthe shared secret, shown this once, for whoever receives: ${secret}\n`,
    ),
  )
}

/** Rule HOOK-4, as far as it can be told here: a name may lead elsewhere by the time it is sent to, and is judged then. */
function demandAllowed(text: string, url: URL, allowPrivate: boolean): void {
  if (literalFault(url, allowPrivate) !== undefined) {
    throw new Failure(
      `不向 ${text} 推送：须为公网地址且用 https；内网地址须加 --allow-private，明文 http 仅限本机`,
      `nothing is pushed to ${text}: it takes a public address over https; a private one takes --allow-private, and plain http is for this machine alone`,
    )
  }
  if (url.protocol === 'http:' && !THIS_MACHINE.test(url.hostname)) {
    throw new Failure(
      `--url ${text} 以明文 http 发往一个名称：须用 https；明文 http 仅限本机，即 localhost 或回环地址（HOOK-4）`,
      `--url ${text} goes to a name over plain http: it takes https; plain http is for this machine alone, by localhost or a loopback address (HOOK-4)`,
    )
  }
}
