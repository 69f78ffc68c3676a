import { Unreachable } from '@dujiang/client'
import { EXIT_REFUSED, Failure } from '../failure.ts'
import { say } from '../language.ts'
import { connect } from '../online/connection.ts'
import { jsonLine, print } from '../output.ts'
import { type ListsOfNode, listsOf } from './place.ts'

export interface ListsFlags {
  readonly data: string
  readonly tls?: string
  readonly json?: true
}

/** How far lists are behind their ledger, as the node says. */
export interface Lag {
  readonly receipts: number
  readonly lag: number
  readonly lagMs: number
  readonly trouble?: string
}

/** Prints it; 1 when they do not go on. */
export async function status(flags: ListsFlags): Promise<number> {
  const lag = await lagOf(listsOf(flags.data), flags.tls)
  if (lag === undefined)
    throw new Failure(`${flags.data} 没有节点在运行`, `no node runs in ${flags.data}`, EXIT_REFUSED)
  await print(flags.json === true ? jsonLine(lag) : `${inWords(lag)}\n`)
  return lag.trouble === undefined ? 0 : EXIT_REFUSED
}

function inWords({ receipts, lag, lagMs, trouble }: Lag): string {
  const seconds = (lagMs / 1_000).toFixed(1)
  const stand = say(
    `列表已含 ${receipts} 份回执，落后 ${lag} 份（${seconds} 秒）`,
    `lists have ${receipts} receipts and are ${lag} behind (${seconds} s)`,
  )
  return trouble === undefined ? stand : `${stand}\n${say('暂停：', 'not going on: ')}${trouble}`
}

/** Undefined when no node answers there. */
export async function lagOf({ url }: ListsOfNode, tls: string | undefined): Promise<Lag | undefined> {
  if (url === undefined) return undefined
  const client = await connect({ node: [url], ...(tls === undefined ? {} : { tls }) })
  const stand = await client.status().catch((cause: unknown) => {
    if (cause instanceof Unreachable) return undefined
    throw cause
  })
  if (stand === undefined) return undefined
  if (stand.projections === undefined) {
    throw new Failure(
      '该节点不建列表（--projections none）',
      'this node keeps no lists (--projections none)',
      EXIT_REFUSED,
    )
  }
  return stand.projections
}
