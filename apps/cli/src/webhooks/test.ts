import { deliveryHeaders, postWith, urlOf } from '@dujiang/node/webhooks'
import { EXIT_REFUSED, Failure } from '../failure.ts'
import { openKeyFile } from '../keys/key-file.ts'
import { passphraseFor } from '../keys/passphrase.ts'
import { say } from '../language.ts'
import { print } from '../output.ts'
import { subscriptionOf } from './folder.ts'

const ANSWER_MS = 10_000

/** Sends a delivery without receipts, signed as one with some, and says what came back. */
export async function test(data: string, name: string, key: string): Promise<void> {
  const { url, secret, allowPrivate = false } = await subscriptionOf(data, name)
  const { signer, scheme } = await openKeyFile(key, passphraseFor)
  if (scheme !== 'ed25519') throw new Failure(`${key} 不是节点密钥（ed25519）`, `${key} is no key of a node (ed25519)`)
  const chain = '0'.repeat(64)
  const body = Buffer.from(JSON.stringify({ subscription: name, chain, height: 0, after: -1, next: -1, receipts: [] }))
  const headers = deliveryHeaders(signer, secret, Date.now(), body)
  const signal = AbortSignal.timeout(ANSWER_MS)
  const status = await postWith()({ url: urlOf(name, url), headers, body, allowPrivate, signal }).catch(
    (cause: unknown) => {
      const { message } = cause as Error
      throw new Failure(`${url} 没有答复：${message}`, `no answer from ${url}: ${message}`, EXIT_REFUSED, cause)
    },
  )
  if (status < 200 || status >= 300) {
    throw new Failure(
      `${url} 答复 ${status}，须为 2xx`,
      `${url} answered ${status}; 2xx is what takes a delivery`,
      EXIT_REFUSED,
    )
  }
  await print(say(`${url} 答复 ${status}\n`, `${url} answered ${status}\n`))
}
