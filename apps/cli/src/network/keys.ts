import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CARD_NAME, type Card, fileHash, makeMemberKeys, memberCard, writeCard } from '@dujiang/node/consortium'
import { Failure } from '../failure.ts'
import { say } from '../language.ts'
import { jsonLine, print } from '../output.ts'
import { type Purpose, issue, makeAuthority } from './certificates.ts'
import { wholeNumber } from './numbers.ts'

export interface NewNode {
  readonly org: string
  readonly name: string
  readonly controller: string
  readonly role: Card['role']
  readonly host: string
  readonly p2pPort: string
  readonly api: string
  readonly out: string
}

/** Makes the secrets of an organisation's node in a folder of its own, and the card for the others. */
export async function networkKeys({ out, p2pPort, ...stated }: NewNode): Promise<void> {
  const card = await makeNode(out, { ...stated, p2pPort: wholeNumber('--p2p-port', p2pPort, 1, 65_535) })
  await print(jsonLine({ card: join(out, CARD_NAME), hash: fileHash(writeCard(card)), ...card }))
  const reminder = say(
    `私钥与证书密钥都在 ${out}，请勿外传；只把 ${CARD_NAME} 交给其他成员`,
    `the secrets are in ${out} and stay there: hand ${CARD_NAME} alone to the other members`,
  )
  process.stderr.write(`${reminder}\n`)
}

/** The same for whoever puts several nodes on one machine. */
export async function makeNode(
  out: string,
  stated: Omit<NewNode, 'out' | 'p2pPort'> & { readonly p2pPort: number },
): Promise<Card> {
  const speaksTls = demandApi(stated.api)
  await mkdir(out, { recursive: true, mode: 0o700 })
  if (!speaksTls) return makeMemberKeys(out, stated)
  const authority = await makeAuthority(out, stated.org)
  await issue(out, nodePurpose(stated))
  await issue(out, deskPurpose(stated))
  return makeMemberKeys(out, { ...stated, authority })
}

export interface NewCertificate {
  readonly keys: string
  readonly name?: string
  readonly out?: string
  readonly newAuthority?: true
}

/** A further certificate of the organisation's own authority: for one more machine, or for the node when its own runs out. */
export async function certificate({ keys, name, out = keys, newAuthority }: NewCertificate): Promise<void> {
  if (newAuthority === true) return renewAuthority(keys)
  if (name === undefined) {
    await issue(keys, nodePurpose(await memberCard(keys)), out)
  } else {
    await mkdir(out, { recursive: true, mode: 0o700 })
    await issue(keys, { kind: 'client', name }, out)
  }
  const file = join(out, name === undefined ? 'tls.crt' : 'client.crt')
  await print(say(`已签发 ${file}，两年有效\n`, `issued ${file}, good for two years\n`))
}

/** Puts a new authority into the place of the old one, with what it vouches for; the node's other keys stay. Rule CARD-13. */
async function renewAuthority(keys: string): Promise<void> {
  const card = await memberCard(keys)
  if (card.authority === undefined) {
    throw new Failure(
      `${card.org} 的接口不用证书`,
      `the interface of ${card.org} has no certificates: it is not at https`,
    )
  }
  const made = join(keys, 'renewed')
  await rm(made, { recursive: true, force: true })
  await mkdir(made, { mode: 0o700 })
  const authority = await makeAuthority(made, card.org)
  await issue(made, nodePurpose(card))
  await issue(made, deskPurpose(card))
  for (const file of await readdir(made)) await rename(join(made, file), join(keys, file))
  await rm(made, { recursive: true })
  const bytes = writeCard({ ...card, authority })
  await writeFile(join(keys, CARD_NAME), bytes)
  await print(
    say(
      `新名片 ${join(keys, CARD_NAME)}（哈希 ${fileHash(bytes)}）：各成员 network admit 它并 network peers 之后，旧证书即失效\n`,
      `new card ${join(keys, CARD_NAME)} (hash ${fileHash(bytes)}): the old certificates are void where a member has said network admit and network peers\n`,
    ),
  )
}

const deskPurpose = ({ org }: Pick<Card, 'org'>): Purpose => ({ kind: 'client', name: `${org} desk` })

function nodePurpose({ host, api }: Pick<Card, 'host' | 'api'>): Purpose {
  const name = new URL(api).hostname.replace(/^\[(.*)\]$/, '$1')
  return { kind: 'node', hosts: name === host ? [host] : [name, host] }
}

/** In the clear is for one machine only: orders must not be read on the way. */
function demandApi(api: string): boolean {
  const url = URL.canParse(api) ? new URL(api) : undefined
  if (url?.protocol === 'https:') return true
  if (url?.protocol === 'http:' && isLoopback(url.hostname)) return false
  throw new Failure(
    `--api 须为 https 地址（本机 127.0.0.1 可用 http），不是 ${api}`,
    `--api is an address at https (at http only on 127.0.0.1), not ${api}`,
  )
}

export const isLoopback = (host: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/.test(host)
