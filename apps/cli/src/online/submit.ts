import { readFile, writeFile } from 'node:fs/promises'
import { type Body, readGenesis, signBody } from '@dujiang/chain'
import { type Client, type Identity, LIFETIME_MS, buildBody } from '@dujiang/client'
import { type Json, Unencodable, encodeCanonicalBytes } from '@dujiang/core/codec'
import { nodeCrypto } from '@dujiang/crypto/node'
import { dujiangMarket } from '@dujiang/market'
import { EXIT_REFUSED, Failure } from '../failure.ts'
import { readInput, unreadable } from '../input.ts'
import { jsonLine, print } from '../output.ts'
import { connect, explainedBy, identityFrom } from './connection.ts'
import { isOurs, keepAct, keptAt } from './kept-act.ts'
import { type Sending, type Wait, sendKept, sendSigned } from './send-signed.ts'

export interface SubmitFlags {
  readonly node?: readonly string[]
  readonly tls?: string
  readonly key?: string
  readonly act?: string
  readonly ref?: string
  readonly minutes?: string
  readonly wait: Wait
  readonly again?: true
  readonly dryRun?: true
  readonly signTo?: string
  readonly genesis?: string
}

/** Signs and submits what `file` asks for; 0 when the ledger accepted it, 1 when it was refused. */
export async function submit(file: string, flags: SubmitFlags): Promise<number> {
  const given = parseObject(file, await readInput(file))
  const { node, tls, wait } = flags
  const isSigned = 'sig' in given && 'body' in given
  // Who asks for these wants nothing sent.
  if (isSigned && (flags.dryRun === true || flags.signTo !== undefined)) {
    const asked = flags.dryRun === true ? '--dry-run' : '--sign-to'
    throw new Failure(
      `${file} 已签名，只能发送：不与 ${asked} 同用`,
      `${file} is signed, and can only be sent: not with ${asked}`,
    )
  }
  // What is in our folder has been sent before, as far as anybody knows. Rule KEPT-4.
  const again = flags.again === true || (isSigned && file !== '-' && isOurs(file))
  if (again && wait !== 'committed') {
    throw new Failure(
      '可能已发送过的操作等到上链，不与 --wait 同用',
      'what may have been sent before waits for the block: not with --wait',
    )
  }
  const client = await connect({ ...(node && { node }), ...(tls && { tls }) })
  if (isSigned) return sendGiven(client, file, encodeCanonicalBytes(given as Json), { wait, again })
  if (again) {
    throw new Failure(`${file} 未签名：--again 再发已签名的操作`, `${file} is not signed: --again sends what is, again`)
  }
  const { identity, body } = await bodyFrom(client, given, flags)
  if (flags.dryRun === true) {
    await print(jsonLine(body, true))
    return 0
  }
  const signed = signBody(identity.signer, body)
  if (flags.signTo === undefined) return sendSigned(client, signed, wait)
  await writeFile(flags.signTo, signed, { flag: 'wx' })
  await print(jsonLine({ file: flags.signTo, act: body.act, expires: new Date(body.expires).toISOString() }))
  return 0
}

/** An act that was signed before. From standard input it may be nowhere else. */
async function sendGiven(client: Client, file: string, bytes: Uint8Array, sending: Sending): Promise<number> {
  return sendKept(client, bytes, file === '-' ? await keepAct(bytes) : keptAt(file, bytes), sending)
}

async function bodyFrom(
  client: Client,
  given: { readonly [field: string]: unknown },
  flags: SubmitFlags,
): Promise<{ readonly identity: Identity; readonly body: Body }> {
  if (flags.key === undefined) throw new Failure('用 --key 指定签名密钥', 'name the key to sign with: --key FILE')
  const act = flags.act ?? given['act']
  const payload = flags.act === undefined ? given['payload'] : given
  if (typeof act !== 'string' || typeof payload !== 'object' || payload === null) {
    throw new Failure(
      '文件要写成 {"act":…,"payload":{…}}，或用 --act 指定操作',
      'the file is {"act":…,"payload":{…}}, or name the act with --act',
    )
  }
  demandShape(act, payload)
  const identity = await identityFrom(flags.key)
  const wanted = {
    act,
    payload: payload as Json,
    ...(flags.ref === undefined ? {} : { ref: flags.ref }),
    lifetimeMs: lifetimeOf(flags.minutes),
  }
  if (flags.genesis === undefined) return { identity, body: await client.build(identity, wanted).catch(explainedBy) }
  const { chain, genesis } = readGenesis(
    nodeCrypto.sha256,
    Uint8Array.from(await readFile(flags.genesis).catch(unreadable(flags.genesis))),
  )
  const nowMs = Date.now()
  return {
    identity,
    body: buildBody({ chain, domain: genesis.domain }, identity, wanted, { nowMs, sequence: nowMs * 1_000 }),
  }
}

/** Finds here what every node would refuse, and says which field. */
function demandShape(name: string, payload: object): void {
  const act = dujiangMarket().act(name, 1)
  if (act === undefined)
    throw new Failure(`没有操作 ${name}；dujiang acts 列出全部`, `there is no act ${name}: dujiang acts lists them`)
  const problem = act.explain(payload as Json)
  if (problem !== undefined) {
    const { path, rule, ...facts } = problem
    const more = Object.keys(facts).length === 0 ? '' : ` ${JSON.stringify(facts)}`
    const text = `${name}: payload${path}: ${rule}${more}`
    throw new Failure(text, text, EXIT_REFUSED)
  }
  try {
    encodeCanonicalBytes(payload as Json)
  } catch (cause) {
    if (!(cause instanceof Unencodable)) throw cause
    throw new Failure(
      `载荷不能写成规范形式：${cause.reason}`,
      `the payload has no canonical form: ${cause.reason}`,
      EXIT_REFUSED,
      cause,
    )
  }
}

function lifetimeOf(minutes: string | undefined): number {
  if (minutes === undefined) return LIFETIME_MS
  if (!/^\d{1,5}$/.test(minutes)) throw new Failure('--minutes 取整数', '--minutes takes a whole number')
  return Number(minutes) * 60_000
}

function parseObject(file: string, bytes: Uint8Array): { readonly [field: string]: unknown } {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as { readonly [field: string]: unknown }
  } catch (cause) {
    throw new Failure(
      `${file} 不是 JSON：${(cause as Error).message}`,
      `${file} is no JSON: ${(cause as Error).message}`,
      undefined,
      cause,
    )
  }
  throw new Failure(`${file} 要是一个 JSON 对象`, `${file} must hold one JSON object`)
}
