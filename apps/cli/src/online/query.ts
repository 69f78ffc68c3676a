import { EXIT_REFUSED, Failure } from '../failure.ts'
import { jsonLine, print } from '../output.ts'
import { type Connection, connect, explainedBy } from './connection.ts'

export type QueryFlags = Partial<Connection>

export async function status(flags: QueryFlags): Promise<void> {
  await print(jsonLine(await (await connect(flags)).status().catch(explainedBy)))
}

/** 1 when there is none that the viewer may see. */
export async function receipt(id: string, flags: QueryFlags): Promise<number> {
  const found = await (await connect(flags)).receipt(id).catch(explainedBy)
  if (found === undefined) {
    throw new Failure(
      `没有编号 ${id} 的回执，或无权查看`,
      `no receipt has the id ${id}, or you may not see it`,
      EXIT_REFUSED,
    )
  }
  await print(jsonLine(found))
  return 0
}

export async function rows(table: string, flags: QueryFlags & { readonly prefix?: string }): Promise<void> {
  const { prefix } = flags
  const client = await connect(flags)
  try {
    for await (const row of client.rows(table, prefix === undefined ? {} : { prefix })) await print(jsonLine(row))
  } catch (cause) {
    explainedBy(cause)
  }
}

/** Blocks `from` to `to`; the newest alone when neither is given. 1 when one of them does not exist. */
export async function blocks(from: string | undefined, to: string | undefined, flags: QueryFlags): Promise<number> {
  const client = await connect(flags)
  const first = from === undefined ? (await client.status().catch(explainedBy)).height : heightOf(from)
  const last = to === undefined ? first : heightOf(to)
  for (let height = first; height <= last; height++) {
    const block = await client.block(height).catch(explainedBy)
    if (block === undefined) throw new Failure(`没有区块 ${height}`, `there is no block ${height}`, EXIT_REFUSED)
    await print(jsonLine(block))
  }
  return 0
}

export async function acts(flags: QueryFlags): Promise<void> {
  for (const act of await (await connect(flags)).acts().catch(explainedBy)) await print(jsonLine(act))
}

/** Where else the ledger is read and written, as this node says: their addresses are for `--node`. */
export async function nodes(flags: QueryFlags): Promise<void> {
  for (const node of await (await connect(flags)).nodes().catch(explainedBy)) await print(jsonLine(node))
}

function heightOf(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new Failure(`${text} 不是区块高度`, `${text} is no height`)
  return Number(text)
}
