import { mkdir, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { isInadmissible, readEnvelope } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { EXIT_REFUSED, Failure } from '../failure.ts'

/** Where signed acts wait until it is certain what became of them, one a file. A variable that is empty names none. */
function folder(): string {
  const { DUJIANG_ACTS, XDG_STATE_HOME } = process.env
  return resolve(DUJIANG_ACTS || join(XDG_STATE_HOME || join(homedir(), '.local/state'), 'dujiang/acts'))
}

/** A signed act on disk. */
export interface KeptAct {
  readonly id: string
  readonly path: string
  /** It is certain what became of it: a file in our folder goes, one of the user's own stays. */
  forget(): Promise<void>
}

/** Keeps an act before it is sent. What it says is nobody else's: an order is sealed until its gate. Rule KEPT-1. */
export async function keepAct(bytes: Uint8Array): Promise<KeptAct> {
  const dir = folder()
  const kept = keptAt(join(dir, `${idOf(bytes)}.json`), bytes)
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 })
    await writeFile(kept.path, bytes, { mode: 0o600, flush: true })
  } catch (cause) {
    const { code = String(cause) } = cause as { readonly code?: string }
    throw new Failure(
      `无法在 ${dir} 留存已签名的操作（${code}），未发送；用 DUJIANG_ACTS 指定文件夹`,
      `cannot keep the signed act in ${dir} (${code}), and has not sent it: name a folder with DUJIANG_ACTS`,
      undefined,
      cause,
    )
  }
  return kept
}

/** One that stands in a file already. */
export function keptAt(path: string, bytes: Uint8Array): KeptAct {
  return { id: idOf(bytes), path, forget: async () => (isOurs(path) ? rm(path, { force: true }) : undefined) }
}

/** Does a file stand in our folder? */
export const isOurs = (path: string): boolean => dirname(resolve(path)) === folder()

function idOf(bytes: Uint8Array): string {
  const envelope = readEnvelope(nodeCrypto.sha256, bytes)
  if (!isInadmissible(envelope)) return envelope.id
  const text = `${envelope.name} ${JSON.stringify(envelope.facts)}`
  throw new Failure(`不是已签名的操作：${text}`, `no signed act: ${text}`, EXIT_REFUSED)
}
