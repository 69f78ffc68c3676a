import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Predecessor, Ledger, headerHash } from '@dujiang/chain'
import { equalBytes, toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { dujiangMarket } from '@dujiang/market'
import {
  type Card,
  type FoundedFiles,
  FoundingRefused,
  authoritiesOf,
  fileHash,
  foundConsortium,
  readConsortium,
  type Consortium,
} from '@dujiang/node/consortium'
import { EXIT_REFUSED, Failure } from '../failure.ts'
import { say } from '../language.ts'
import { print } from '../output.ts'
import { type Founding, readManifest } from './manifest.ts'
import { pilotLedger } from './pilot.ts'
import { CONSORTIUM, GENESIS, MEMBERS, cardsIn } from './public-files.ts'

export interface FoundFlags {
  readonly cards: string
  readonly out: string
  readonly follows?: string
}

/** Makes the public files of a network from a manifest and the members' cards. */
export async function found(manifestPath: string, { cards, out, follows }: FoundFlags): Promise<void> {
  const founding = await readManifest(manifestPath)
  const pilot = follows === undefined ? undefined : await pilotLedger(follows)
  const files = foundedFiles(founding, await cardsIn(cards), pilot)
  await writePublicFiles(out, files)
  await print(hashLines(out, files))
}

/** The same as bytes, checked by founding a ledger with them. */
export function foundedFiles(founding: Founding, cards: readonly Card[], predecessor?: Ledger): FoundedFiles {
  const market = dujiangMarket()
  const { name, domain, timeMs, powers, state } = founding
  if ((state === undefined) === (predecessor === undefined)) {
    throw predecessor === undefined
      ? new Failure('清单缺少 members、admits 或 rules', 'the manifest lacks members, admits or rules')
      : new Failure(
          '承接试点时清单不写 members、admits、rules：它们在试点的状态里',
          'a network that follows a pilot has its members and rules from it: leave members, admits and rules out',
        )
  }
  try {
    const files = foundConsortium({
      app: { name: market.name, version: 1, state: state ?? {} },
      domain,
      name,
      time: timeMs,
      powers,
      cards,
      ...(predecessor && { follows: endOf(predecessor) }),
    })
    new Ledger(market, nodeCrypto, files.genesisBytes, predecessor)
    return files
  } catch (cause) {
    const { message } = cause as Error
    const refused = cause instanceof FoundingRefused || message.startsWith('genesis: ')
    throw refused ? new Failure(`不能组网：${message}`, `no network: ${message}`, EXIT_REFUSED, cause) : cause
  }
}

/** Where a pilot has ended: in a block whose signed header states all it came to, or no export of it could end there (EXP-3). */
const endOf = ({ tip, chain, head }: Ledger): Predecessor => {
  if (head === undefined) throw new Failure('试点账本还没有区块', 'the pilot has no block yet')
  if (!equalBytes(head.header.appHash, tip.appHash)) {
    throw new Failure(
      '试点停得太早：最后的结果还没有签名的区块头；启动试点，两秒后再停',
      'the pilot was stopped too early: no signed header states its last results; start it, and stop it two seconds later',
      EXIT_REFUSED,
    )
  }
  const block = toHex(headerHash(nodeCrypto.sha256, head.header))
  return { chain: chain.id, height: tip.height, appHash: toHex(tip.appHash), block }
}

/** Writes what all members are to hold alike; never over others. */
export async function writePublicFiles(out: string, { genesisBytes, consortiumBytes }: FoundedFiles): Promise<void> {
  await mkdir(out, { recursive: true })
  const path = join(out, GENESIS)
  await writeFile(path, genesisBytes, { flag: 'wx' }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EEXIST') throw cause
    throw new Failure(`${path} 已存在，不会覆盖`, `${path} exists: it is never overwritten`, undefined, cause)
  })
  await writeConsortiumFiles(out, consortiumBytes)
}

/** The list of nodes, and beside it the certificates that vouch for them, for clients. */
export async function writeConsortiumFiles(out: string, consortiumBytes: Uint8Array): Promise<void> {
  await writeFile(join(out, CONSORTIUM), consortiumBytes)
  const authorities = authoritiesOf(readConsortium(consortiumBytes) as Consortium)
  if (authorities !== '') await writeFile(join(out, MEMBERS), authorities)
}

/** In groups of four, to be read out on the telephone. */
function hashLines(out: string, { chain, genesisBytes, consortiumBytes }: FoundedFiles): string {
  const spoken = (bytes: Uint8Array): string => fileHash(bytes).replace(/.{4}(?=.)/g, '$& ')
  const lines = [
    say(`链 ${chain}`, `chain ${chain}`),
    say('请各成员各自运行同一命令，并在电话里核对：', 'let every member run this and compare on the telephone:'),
    `  ${join(out, GENESIS)}\n    ${spoken(genesisBytes)}`,
    `  ${join(out, CONSORTIUM)}\n    ${spoken(consortiumBytes)}`,
  ]
  return `${lines.join('\n')}\n`
}
