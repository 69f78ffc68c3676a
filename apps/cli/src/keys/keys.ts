import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Scheme } from '@dujiang/core/crypto'
import { Failure } from '../failure.ts'
import { unreadable } from '../input.ts'
import { jsonLine, print } from '../output.ts'
import { makeKeyFile, readPublicPart } from './key-file.ts'
import { newPassphrase } from './passphrase.ts'

export interface NewKey {
  readonly org: string
  readonly scheme: Scheme
  readonly passphrase?: true
}

/** Makes a key file and prints its public part. */
export async function newKey(file: string, { org, scheme, passphrase }: NewKey): Promise<void> {
  const secretWord = passphrase === true ? await newPassphrase(file) : undefined
  await print(jsonLine({ file, ...makeKeyFile(file, org, scheme, secretWord) }))
}

export async function showKey(file: string): Promise<void> {
  const open = readPublicPart(file)
  if (open === undefined) throw new Failure(`${file} 不是密钥文件`, `${file} is not a key file`)
  await print(jsonLine({ file, ...open }))
}

/** One line a key file; other files are passed over. */
export async function listKeys(dir: string): Promise<void> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(unreadable(dir))
  const names = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.json')).map(({ name }) => name)
  for (const name of names.sort()) {
    const file = join(dir, name)
    const open = readPublicPart(file)
    if (open !== undefined) await print(jsonLine({ file, ...open }))
  }
}
