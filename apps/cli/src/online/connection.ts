import { Client, type Fetch, type Identity, Refused, Unreachable } from '@dujiang/client'
import { nodeCrypto } from '@dujiang/crypto/node'
import { Option } from 'commander'
import { EXIT_REFUSED, Failure } from '../failure.ts'
import { openKeyFile } from '../keys/key-file.ts'
import { passphraseFor } from '../keys/passphrase.ts'
import { language, say } from '../language.ts'
import { tlsFetch } from './tls-fetch.ts'

export interface Connection {
  readonly node: readonly string[]
  readonly key?: string
  readonly tls?: string
}

const LOCAL = 'http://127.0.0.1:26680'

/** `--node`, repeatable: a client turns to the next when one does not answer. */
export const nodeOption = (): Option =>
  new Option('--node <url>', say('节点地址，可多次', 'address of a node, repeatable'))
    .env('DUJIANG_NODE')
    .argParser((url: string, before: readonly string[] | undefined) => [...(before ?? []), url])

/** What a machine shows to nodes that answer known machines alone. */
export const tlsOption = (): Option =>
  new Option(
    '--tls <dir>',
    say(
      'https 节点所需证书的文件夹：client.crt、client.key、members.crt',
      'certificates for nodes at https: a folder with client.crt, client.key and members.crt',
    ),
  ).env('DUJIANG_TLS')

export const viewerOption = (): Option =>
  new Option(
    '--key <file>',
    say('以此密钥的身份查看（看得到自己的申报）', 'look as the owner of this key (sees its own orders)'),
  )

export async function identityFrom(path: string): Promise<Identity> {
  const { org, key, signer } = await openKeyFile(path, passphraseFor)
  return { org, key, signer }
}

/** The nodes to be asked, in order. */
export const nodesOf = ({ node }: Partial<Connection>): readonly string[] => node ?? [LOCAL]

/** How they are asked. */
export const fetchOf = ({ tls }: Partial<Connection>): { readonly fetch?: Fetch } =>
  tls === undefined ? {} : { fetch: tlsFetch(tls) }

export async function connect(connection: Partial<Connection>): Promise<Client> {
  const { key } = connection
  const viewer = key === undefined ? {} : { viewer: await identityFrom(key) }
  return new Client({ nodes: nodesOf(connection), sha256: nodeCrypto.sha256, ...viewer, ...fetchOf(connection) })
}

/** What a node declined or that none answered, in one line. */
export function explainedBy(cause: unknown): never {
  if (cause instanceof Refused) {
    const { code, name, facts, retry } = cause.refusal
    const again = retry ? say('；稍后可重试', '; the same request may succeed later') : ''
    const text = `${name} (${code}): ${cause.refusal[language]} ${JSON.stringify(facts)}${again}`
    throw new Failure(text, text, EXIT_REFUSED, cause)
  }
  if (cause instanceof Unreachable) {
    throw new Failure(
      `连不上节点：${cause.message}；用 --node 指定地址`,
      `no node answers: ${cause.message}; name one with --node`,
      undefined,
      cause,
    )
  }
  throw cause
}
